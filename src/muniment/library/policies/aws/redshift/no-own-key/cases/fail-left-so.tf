resource "aws_redshift_snapshot_copy_grant" "this" { # expect: fail
}

resource "aws_redshiftserverless_namespace" "this" { # expect: fail
}
