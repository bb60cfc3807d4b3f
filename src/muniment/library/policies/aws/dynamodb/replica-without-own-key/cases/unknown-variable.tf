variable "given" {
  type = string
}

resource "aws_dynamodb_table_replica" "this" {
  kms_key_arn = var.given
}
