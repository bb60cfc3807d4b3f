resource "aws_emr_block_public_access_configuration" "this" { # expect: fail
}
