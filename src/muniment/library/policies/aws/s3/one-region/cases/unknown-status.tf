variable "status" {
  type = string
}

resource "aws_s3_bucket" "orders" {
  bucket = "orders"
}

resource "aws_s3_bucket_replication_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id
  role   = "arn:aws:iam::111122223333:role/replication"
  rule {
    id     = "all"
    status = var.status
    destination {
      bucket = "arn:aws:s3:::orders-copy"
    }
  }
}
