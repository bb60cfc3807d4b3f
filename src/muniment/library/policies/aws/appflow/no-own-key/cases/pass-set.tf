resource "aws_appflow_flow" "this" {
  name    = "crm"
  kms_arn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

resource "aws_appflow_connector_profile" "this" {
  name    = "crm"
  kms_arn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
