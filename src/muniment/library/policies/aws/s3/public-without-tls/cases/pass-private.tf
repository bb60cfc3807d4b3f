resource "aws_s3_bucket_acl" "orders" {
  bucket = "orders"
  acl    = "private"
}
