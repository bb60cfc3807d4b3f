variable "encrypt" {
  type = bool
}

resource "aws_elasticache_replication_group" "cart" {
  replication_group_id       = "cart"
  description                = "carts"
  at_rest_encryption_enabled = var.encrypt
}
