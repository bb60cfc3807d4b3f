data "aws_kms_alias" "of_the_service" {
  name = "alias/aws/secretsmanager"
}

resource "aws_secretsmanager_secret" "this" {
  name       = "database"
  kms_key_id = data.aws_kms_alias.of_the_service.target_key_arn # expect: fail
}
