resource "aws_keyspaces_table" "orders" {
  keyspace_name = "shop"
  table_name    = "orders"
  encryption_specification {
    type               = "CUSTOMER_MANAGED_KMS_KEY"
    kms_key_identifier = "arn:aws:kms:eu-west-1:111122223333:key/a1b2c3"
  }
}
