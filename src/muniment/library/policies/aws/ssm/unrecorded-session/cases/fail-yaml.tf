locals {
  content = <<-YAML
    schemaVersion: "1.0"
    sessionType: Standard_Stream
    inputs:
      kmsKeyId: a1b2c3
      s3BucketName: sessions
      s3EncryptionEnabled: false
  YAML
}

resource "aws_ssm_document" "sessions" {
  name            = "SSM-SessionManagerRunShell"
  document_type   = "Session"
  document_format = "YAML"
  content         = local.content # expect: fail
}
