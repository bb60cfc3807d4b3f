variable "acl" {
  type = string
}

resource "aws_s3_bucket_acl" "downloads" {
  bucket = "downloads"
  acl    = var.acl
}
