resource "aws_sagemaker_notebook_instance" "this" { # expect: fail
  name                   = "lab"
  direct_internet_access = "Enabled" # expect: fail
}
