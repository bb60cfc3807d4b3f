resource "aws_lambda_permission" "uploads" {
  action        = "lambda:InvokeFunction"
  function_name = "resize"
  principal     = "s3.amazonaws.com" # expect: fail
}
