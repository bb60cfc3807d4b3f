resource "aws_glue_crawler" "this" {
  name                   = "scan"
  security_configuration = "encrypted"
}

resource "aws_glue_dev_endpoint" "this" {
  name                   = "lab"
  security_configuration = "encrypted"
}

resource "aws_glue_job" "this" {
  name                   = "load"
  security_configuration = "encrypted"
}
