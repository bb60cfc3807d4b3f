variable "vpc" {
  type = string
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_flow_log" "other" {
  vpc_id          = var.vpc
  traffic_type    = "ALL"
  log_destination = "arn:aws:s3:::example-flows"
}
