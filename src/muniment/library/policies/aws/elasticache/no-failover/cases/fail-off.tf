resource "aws_elasticache_replication_group" "sessions" { # expect: fail
  replication_group_id = "sessions"
  description          = "sessions"
}
