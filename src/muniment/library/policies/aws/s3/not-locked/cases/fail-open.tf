resource "aws_s3_bucket" "backups" {
  bucket = "backups" # expect: fail
}
