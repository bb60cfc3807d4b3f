resource "aws_instance" "app" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.small"
  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_launch_template" "app" {
  metadata_options {
    http_endpoint               = "disabled"
    http_put_response_hop_limit = 1
  }
}
