resource "aws_iam_role" "notebook" {
  name               = "notebook"
  assume_role_policy = "{}"
  inline_policy {
    name   = "read"
    policy = "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\"}]}"
  }
}

resource "aws_sagemaker_notebook_instance" "lab" {
  name          = "lab"
  role_arn      = aws_iam_role.notebook.arn
  instance_type = "ml.t3.medium"
}
