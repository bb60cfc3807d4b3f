variable "acl" {
  type = string
}

resource "aws_s3_bucket" "photos" {
  bucket = "example-photos"
}

resource "aws_s3_bucket_acl" "photos" {
  bucket = aws_s3_bucket.photos.id
  acl    = var.acl
}
