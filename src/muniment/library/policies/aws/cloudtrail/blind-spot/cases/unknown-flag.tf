variable "everywhere" {
  type = bool
}

resource "aws_cloudtrail" "all" {
  name                  = "all"
  s3_bucket_name        = "example-trail"
  is_multi_region_trail = var.everywhere
}
