resource "aws_emr_cluster" "nightly" {
  name          = "nightly" # expect: fail
  release_label = "emr-7.2.0"
}
