resource "aws_cloudtrail_event_data_store" "this" { # expect: fail
  name = "events"
}
