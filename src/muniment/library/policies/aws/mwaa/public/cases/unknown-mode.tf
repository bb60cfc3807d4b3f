variable "mode" {
  type = string
}

resource "aws_mwaa_environment" "nightly" {
  name                  = "nightly"
  dag_s3_path           = "dags/"
  execution_role_arn    = "arn:aws:iam::111122223333:role/nightly"
  webserver_access_mode = var.mode
}
