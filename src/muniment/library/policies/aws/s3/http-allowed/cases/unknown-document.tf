variable "policy" {
  type = string
}

resource "aws_s3_bucket" "claims" {
  bucket = "example-claims"
}

resource "aws_s3_bucket_policy" "claims" {
  bucket = aws_s3_bucket.claims.id
  policy = var.policy
}
