data "aws_kms_key" "of_the_service" {
  key_id = "alias/aws/sns"
}

resource "aws_sns_topic" "orders" {
  name              = "orders"
  kms_master_key_id = data.aws_kms_key.of_the_service.arn # expect: fail
}
