resource "aws_db_snapshot" "this" {
  db_snapshot_identifier = "sales-1"
  shared_accounts        = ["all"] # expect: fail
}
