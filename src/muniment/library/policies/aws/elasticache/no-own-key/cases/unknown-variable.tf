variable "given" {
  type = string
}

resource "aws_elasticache_replication_group" "this" {
  replication_group_id = "sessions"
  kms_key_id           = var.given
}
