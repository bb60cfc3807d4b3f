resource "aws_dms_endpoint" "source" {
  endpoint_id   = "source"
  endpoint_type = "source"
  engine_name   = "postgres"
  kms_key_arn   = "arn:aws:kms:eu-west-1:111122223333:key/a1b2c3"
}

resource "aws_dms_endpoint" "bucket" {
  endpoint_id   = "bucket"
  endpoint_type = "target"
  engine_name   = "s3"
  s3_settings {
    server_side_encryption_kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/a1b2c3"
  }
}
