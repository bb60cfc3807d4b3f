resource "aws_elasticache_replication_group" "this" { # expect: fail
  replication_group_id = "sessions"
}
