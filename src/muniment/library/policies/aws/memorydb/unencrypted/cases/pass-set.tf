resource "aws_memorydb_cluster" "this" {
  name        = "sessions"
  tls_enabled = true
  kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_memorydb_snapshot" "this" {
  name        = "sessions-1"
  kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
