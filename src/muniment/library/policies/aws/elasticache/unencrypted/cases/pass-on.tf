resource "aws_elasticache_replication_group" "cart" {
  replication_group_id       = "cart"
  description                = "carts"
  at_rest_encryption_enabled = true
}

resource "aws_elasticache_replication_group" "session" {
  replication_group_id = "session"
  description          = "sessions"
  engine               = "valkey"
}
