resource "aws_glue_crawler" "this" { # expect: fail
  name = "scan"
}

resource "aws_glue_dev_endpoint" "this" { # expect: fail
  name = "lab"
}

resource "aws_glue_job" "this" { # expect: fail
  name = "load"
}
