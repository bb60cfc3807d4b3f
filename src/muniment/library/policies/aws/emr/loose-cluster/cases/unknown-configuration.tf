variable "configuration" {
  type = string
}

resource "aws_emr_cluster" "nightly" {
  name                   = "nightly"
  release_label          = "emr-7.2.0"
  security_configuration = var.configuration
}
