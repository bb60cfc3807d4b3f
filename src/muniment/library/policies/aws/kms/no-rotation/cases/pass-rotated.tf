resource "aws_kms_key" "claims" {
  description         = "claims"
  enable_key_rotation = true
}

resource "aws_kms_key" "signer" {
  description              = "signs releases"
  key_usage                = "SIGN_VERIFY"
  customer_master_key_spec = "ECC_NIST_P256"
}

resource "aws_kms_key" "hardware" {
  description         = "lives in a cluster of one's own"
  custom_key_store_id = "cks-1234567890abcdef0"
}
