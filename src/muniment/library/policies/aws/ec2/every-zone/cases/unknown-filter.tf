variable "filter" {
  type = string
}

data "aws_availability_zones" "given" {
  filter {
    name   = var.filter
    values = ["eu-west-1a"]
  }
}
