resource "aws_emr_security_configuration" "off" {
  name = "off"
  # expect: fail
  configuration = jsonencode({
    EncryptionConfiguration = {
      EnableAtRestEncryption    = false
      EnableInTransitEncryption = true
    }
  })
}
