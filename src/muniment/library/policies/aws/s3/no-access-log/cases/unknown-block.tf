variable "targets" {
  type = list(string)
}

resource "aws_s3_bucket" "claims" {
  bucket = "example-claims"
  dynamic "logging" {
    for_each = var.targets
    content {
      target_bucket = logging.value
    }
  }
}
