variable "given" {
  type = string
}

resource "aws_s3_bucket_object" "this" {
  key        = "terms.pdf"
  kms_key_id = var.given
}
