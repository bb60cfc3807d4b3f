resource "aws_dms_replication_instance" "this" {
  replication_instance_id = "move"
  kms_key_arn             = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_dms_s3_endpoint" "this" {
  endpoint_id = "target"
  kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
