resource "aws_kinesis_firehose_delivery_stream" "audit" {
  name = "audit"
  server_side_encryption {
    enabled  = true
    key_type = "CUSTOMER_MANAGED_CMK"
    key_arn  = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }
}

resource "aws_kinesis_firehose_delivery_stream" "orders" {
  name = "orders"
  kinesis_source_configuration { # encrypted as its source is
    kinesis_stream_arn = "arn:aws:kinesis:eu-west-1:111122223333:stream/orders"
  }
}
