variable "mode" {
  type = string
}

resource "aws_emr_security_configuration" "given" {
  name          = "given"
  configuration = <<-JSON
    {"EncryptionConfiguration": {
      "EnableAtRestEncryption": true,
      "EnableInTransitEncryption": true,
      "AtRestEncryptionConfiguration": {
        "S3EncryptionConfiguration": {"EncryptionMode": "${var.mode}"},
        "LocalDiskEncryptionConfiguration": {
          "EnableEbsEncryption": true, "EncryptionKeyProviderType": "AwsKms", "AwsKmsKey": "alias/emr"
        }
      }
    }}
  JSON
}
