resource "aws_ssm_document" "sessions" {
  name          = "SSM-SessionManagerRunShell"
  document_type = "Session"
  content = jsonencode({
    schemaVersion = "1.0"
    inputs = {
      kmsKeyId            = "a1b2c3"
      s3BucketName        = "sessions"
      s3EncryptionEnabled = true
    }
  })
}
