variable "days" {
  type = number
}

resource "aws_elasticache_cluster" "cart" {
  cluster_id               = "cart"
  engine                   = "redis"
  snapshot_retention_limit = var.days
}
