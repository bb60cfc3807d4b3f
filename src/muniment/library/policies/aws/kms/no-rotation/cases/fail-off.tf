resource "aws_kms_key" "claims" { # expect: fail
  description = "claims"
}

resource "aws_kms_key" "orders" {
  description         = "orders"
  enable_key_rotation = false # expect: fail
}
