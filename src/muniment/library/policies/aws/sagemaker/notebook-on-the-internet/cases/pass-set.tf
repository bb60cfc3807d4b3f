resource "aws_sagemaker_notebook_instance" "this" {
  name                   = "lab"
  direct_internet_access = "Disabled"
  subnet_id              = "subnet-0123456789abcdef0"
}
