variable "given" {
  type = string
}

resource "aws_comprehend_entity_recognizer" "this" {
  name              = "names"
  model_kms_key_id  = var.given
  volume_kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
