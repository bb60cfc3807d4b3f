variable "given" {
  type = string
}

resource "aws_instance" "this" {
  instance_type        = "t3.small"
  iam_instance_profile = var.given
}
