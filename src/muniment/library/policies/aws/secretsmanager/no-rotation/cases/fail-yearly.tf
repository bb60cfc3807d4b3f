resource "aws_secretsmanager_secret" "app" {
  name = "app/token" # expect: fail
}

resource "aws_secretsmanager_secret_rotation" "other" {
  secret_id           = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:other-AbCdEf"
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:111122223333:function:rotate"
  rotation_rules { # expect: fail
    automatically_after_days = 365
  }
}
