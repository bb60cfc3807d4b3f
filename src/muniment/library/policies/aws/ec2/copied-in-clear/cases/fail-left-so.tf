resource "aws_ami_copy" "this" { # expect: fail
  name = "golden"
}

resource "aws_ebs_snapshot_copy" "this" { # expect: fail
  source_region = "eu-west-1"
}
