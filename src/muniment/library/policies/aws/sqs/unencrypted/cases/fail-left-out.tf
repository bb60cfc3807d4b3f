resource "aws_sqs_queue" "default" { # expect: fail
  name = "example-default"
}
