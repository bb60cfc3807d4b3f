variable "owners" {
  type = list(string)
}

data "aws_ami" "base" {
  most_recent = true
  owners      = var.owners
  filter {
    name   = "name"
    values = ["ubuntu-24.04-*"]
  }
}
