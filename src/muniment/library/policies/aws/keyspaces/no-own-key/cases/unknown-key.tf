variable "key" {
  type = string
}

resource "aws_keyspaces_table" "orders" {
  keyspace_name = "shop"
  table_name    = "orders"
  encryption_specification {
    type               = "CUSTOMER_MANAGED_KMS_KEY"
    kms_key_identifier = var.key
  }
}
