resource "aws_emr_cluster" "nightly" {
  name                   = "nightly"
  release_label          = "emr-7.2.0"
  security_configuration = "strict"
  kerberos_attributes { # expect: fail
    kdc_admin_password = "from-a-vault"
  }
}
