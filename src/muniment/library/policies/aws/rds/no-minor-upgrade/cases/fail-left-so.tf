resource "aws_db_instance" "this" { # expect: fail
  identifier = "sales"
}

resource "aws_rds_cluster_instance" "this" { # expect: fail
  identifier = "sales-1"
}
