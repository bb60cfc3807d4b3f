variable "destination" {
  type = string
}

resource "aws_route" "out" {
  route_table_id         = "rtb-1"
  destination_cidr_block = var.destination
  instance_id            = "i-1"
}
