resource "aws_db_instance" "orders" {
  engine                          = "postgres"
  instance_class                  = "db.t4g.medium"
  performance_insights_enabled    = true
  performance_insights_kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/a1b2c3"
}
