variable "bucket" {
  type = string
}

resource "aws_s3_bucket" "uploads" {
  bucket = "uploads"
}

resource "aws_s3_bucket_notification" "given" {
  bucket      = var.bucket
  eventbridge = true
}
