resource "aws_neptune_cluster" "this" {
  cluster_identifier = "graph"
  storage_encrypted  = true
  kms_key_arn        = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_neptune_cluster_snapshot" "this" {
  db_cluster_snapshot_identifier = "graph-1"
  storage_encrypted              = true
  kms_key_id                     = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
