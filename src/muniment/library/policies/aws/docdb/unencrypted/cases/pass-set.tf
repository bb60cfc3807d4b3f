resource "aws_docdb_cluster" "this" {
  cluster_identifier = "claims"
  storage_encrypted  = true
  kms_key_id         = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_docdb_global_cluster" "this" {
  global_cluster_identifier = "claims"
  storage_encrypted         = true
}
