variable "mode" {
  type = string
}

resource "aws_glue_data_catalog_encryption_settings" "this" {
  data_catalog_encryption_settings {
    connection_password_encryption {
      aws_kms_key_id                       = "arn:aws:kms:eu-west-1:111122223333:key/a1b2c3"
      return_connection_password_encrypted = true
    }
    encryption_at_rest {
      catalog_encryption_mode = var.mode
      sse_aws_kms_key_id      = "arn:aws:kms:eu-west-1:111122223333:key/a1b2c3"
    }
  }
}
