resource "aws_elasticache_cluster" "this" { # expect: fail
  cluster_id                 = "sessions"
  auto_minor_version_upgrade = false # expect: fail
}
