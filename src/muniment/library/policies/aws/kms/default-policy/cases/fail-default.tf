resource "aws_kms_key" "orders" { # expect: fail
  description = "orders"
}
