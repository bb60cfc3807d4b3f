variable "lock" {
  type = bool
}

resource "aws_s3_bucket" "backups" {
  bucket              = "backups"
  object_lock_enabled = var.lock
}
