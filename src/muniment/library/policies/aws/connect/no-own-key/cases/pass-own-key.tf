resource "aws_connect_instance_storage_config" "chats" {
  instance_id   = "a1b2c3"
  resource_type = "CHAT_TRANSCRIPTS"
  storage_config {
    storage_type = "S3"
    s3_config {
      bucket_name   = "chats"
      bucket_prefix = "chats"
      encryption_config {
        encryption_type = "KMS"
        key_id          = "arn:aws:kms:eu-west-1:111122223333:key/a1b2c3"
      }
    }
  }
}
