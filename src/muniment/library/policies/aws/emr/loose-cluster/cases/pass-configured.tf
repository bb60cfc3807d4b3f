resource "aws_security_group" "master" {
  name = "master"
  ingress {
    protocol    = "tcp"
    from_port   = 8443
    to_port     = 8443
    cidr_blocks = ["10.0.0.0/16"]
  }
}

resource "aws_emr_cluster" "nightly" {
  name                   = "nightly"
  release_label          = "emr-7.2.0"
  security_configuration = "strict"
  ec2_attributes {
    emr_managed_master_security_group = aws_security_group.master.id
  }
  kerberos_attributes {
    realm              = "EC2.INTERNAL"
    kdc_admin_password = "from-a-vault"
  }
}
