resource "aws_config_configuration_recorder" "this" {
  name     = "some"
  role_arn = "arn:aws:iam::111122223333:role/config"
  recording_group { # expect: fail
    all_supported  = false
    resource_types = ["AWS::EC2::Instance"]
  }
}

resource "aws_config_configuration_recorder_status" "this" {
  name       = aws_config_configuration_recorder.this.name
  is_enabled = true # expect: fail
}
