resource "aws_kinesis_firehose_delivery_stream" "this" { # expect: fail
  name = "audit"
}
