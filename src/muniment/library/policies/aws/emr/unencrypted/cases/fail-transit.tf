locals {
  configuration = <<-JSON
    {"EncryptionConfiguration": {
      "EnableAtRestEncryption": true,
      "EnableInTransitEncryption": false,
      "AtRestEncryptionConfiguration": {
        "S3EncryptionConfiguration": {"EncryptionMode": "SSE-KMS"},
        "LocalDiskEncryptionConfiguration": {
          "EnableEbsEncryption": true, "EncryptionKeyProviderType": "AwsKms", "AwsKmsKey": "alias/emr"
        }
      }
    }}
  JSON
}

resource "aws_emr_security_configuration" "loose" {
  name          = "loose"
  configuration = local.configuration # expect: fail
}
