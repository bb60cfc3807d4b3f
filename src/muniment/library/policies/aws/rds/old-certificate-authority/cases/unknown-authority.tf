variable "authority" {
  type = string
}

resource "aws_db_instance" "orders" {
  engine             = "postgres"
  instance_class     = "db.t4g.medium"
  ca_cert_identifier = var.authority
}
