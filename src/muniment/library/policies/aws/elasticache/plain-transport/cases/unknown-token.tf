variable "token" {
  type = string
}

resource "aws_elasticache_replication_group" "cart" {
  replication_group_id       = "cart"
  description                = "carts"
  transit_encryption_enabled = true
  auth_token                 = var.token
}
