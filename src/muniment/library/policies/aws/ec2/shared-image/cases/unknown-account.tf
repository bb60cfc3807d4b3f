variable "account" {
  type = string
}

resource "aws_ami_launch_permission" "given" {
  image_id   = "ami-1"
  account_id = var.account
}
