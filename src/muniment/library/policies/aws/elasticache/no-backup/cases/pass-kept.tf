resource "aws_elasticache_cluster" "cart" {
  cluster_id               = "cart"
  engine                   = "redis"
  snapshot_retention_limit = 7
}

resource "aws_elasticache_cluster" "tiny" {
  cluster_id               = "tiny"
  engine                   = "redis"
  node_type                = "cache.t1.micro" # takes no snapshots, so it is not judged
  snapshot_retention_limit = 0
}
