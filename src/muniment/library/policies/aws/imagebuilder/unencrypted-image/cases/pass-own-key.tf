resource "aws_imagebuilder_image_recipe" "base" {
  name = "base"
  block_device_mapping {
    device_name = "/dev/xvda"
    ebs {
      encrypted  = true
      kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/a1b2c3"
    }
  }
}

resource "aws_imagebuilder_distribution_configuration" "base" {
  name = "base"
  distribution {
    region = "eu-west-1"
    ami_distribution_configuration {
      kms_key_id = "arn:aws:kms:eu-west-1:111122223333:key/a1b2c3"
    }
  }
}
