resource "aws_kms_key" "this" {
  description = "orders"
  is_enabled  = false # expect: fail
}
