resource "aws_s3_bucket" "backups" {
  bucket              = "backups"
  object_lock_enabled = true
}

resource "aws_s3_bucket" "old" {
  bucket = "old"
  object_lock_configuration {
    object_lock_enabled = "Enabled"
  }
}
