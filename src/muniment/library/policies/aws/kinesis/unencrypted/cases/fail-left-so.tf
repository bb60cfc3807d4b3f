resource "aws_kinesis_stream" "this" { # expect: fail
  name = "orders"
}

resource "aws_kinesis_video_stream" "this" { # expect: fail
  name = "door"
}
