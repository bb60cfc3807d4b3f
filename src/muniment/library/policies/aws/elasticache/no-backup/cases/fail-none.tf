resource "aws_elasticache_cluster" "cart" { # expect: fail
  cluster_id = "cart"
  engine     = "redis"
}

resource "aws_elasticache_cluster" "session" {
  cluster_id               = "session"
  engine                   = "redis"
  snapshot_retention_limit = 0 # expect: fail
}
