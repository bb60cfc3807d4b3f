resource "aws_db_instance" "orders" {
  engine             = "postgres"
  instance_class     = "db.t4g.medium"
  ca_cert_identifier = "rds-ca-ecc384-g1"
}
