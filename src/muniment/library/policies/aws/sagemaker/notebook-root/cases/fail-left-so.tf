resource "aws_sagemaker_notebook_instance" "this" { # expect: fail
  name = "lab"
}
