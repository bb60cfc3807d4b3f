resource "aws_keyspaces_table" "orders" {
  keyspace_name = "shop"
  table_name    = "orders"
  encryption_specification { # expect: fail
    type = "AWS_OWNED_KMS_KEY"
  }
}
