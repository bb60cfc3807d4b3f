resource "aws_imagebuilder_image_recipe" "base" {
  name = "base"
  block_device_mapping { # expect: fail
    device_name = "/dev/xvda"
    ebs {
      encrypted = true
    }
  }
}
