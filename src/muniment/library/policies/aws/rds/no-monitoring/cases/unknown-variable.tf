variable "value" {
  type = number
}

resource "aws_db_instance" "ledger" {
  identifier          = "example-ledger"
  engine              = "postgres"
  instance_class      = "db.t4g.medium"
  monitoring_interval = var.value
}
