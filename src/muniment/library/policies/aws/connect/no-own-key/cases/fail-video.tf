resource "aws_connect_instance_storage_config" "calls" {
  instance_id   = "a1b2c3"
  resource_type = "MEDIA_STREAMS"
  storage_config { # expect: fail
    storage_type = "KINESIS_VIDEO_STREAM"
    kinesis_video_stream_config {
      prefix                 = "calls"
      retention_period_hours = 3
      encryption_config {
        encryption_type = "KMS"
      }
    }
  }
}
