variable "bucket" {
  type = string
}

resource "aws_ssm_document" "sessions" {
  name          = "SSM-SessionManagerRunShell"
  document_type = "Session"
  content       = <<-JSON
    {"schemaVersion": "1.0", "inputs": {"kmsKeyId": "a1b2c3", "s3BucketName": "${var.bucket}", "s3EncryptionEnabled": true}}
  JSON
}
