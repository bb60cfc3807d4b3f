resource "aws_elasticache_replication_group" "cart" { # expect: fail
  replication_group_id = "cart"
  description          = "carts"
}

resource "aws_elasticache_replication_group" "session" {
  replication_group_id       = "session"
  description                = "sessions"
  transit_encryption_enabled = true # expect: fail
}
