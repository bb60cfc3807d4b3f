variable "given" {
  type = string
}

resource "aws_sagemaker_notebook_instance" "this" {
  name                   = "lab"
  direct_internet_access = var.given
  subnet_id              = "subnet-0123456789abcdef0"
}
