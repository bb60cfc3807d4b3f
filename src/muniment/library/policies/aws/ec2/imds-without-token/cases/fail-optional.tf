resource "aws_instance" "app" { # expect: fail
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.small"
}

resource "aws_launch_template" "app" {
  metadata_options { # expect: fail
    http_tokens                 = "optional"
    http_put_response_hop_limit = 2 # expect: fail
  }
}
