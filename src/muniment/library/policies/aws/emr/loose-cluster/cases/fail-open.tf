resource "aws_security_group" "master" {
  name = "master"
  ingress {
    protocol    = "tcp"
    from_port   = 8443
    to_port     = 8443
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_emr_cluster" "nightly" {
  name                   = "nightly"
  release_label          = "emr-7.2.0"
  security_configuration = "strict"
  ec2_attributes { # expect: fail
    emr_managed_master_security_group = aws_security_group.master.id
  }
}
