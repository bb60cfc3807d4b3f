resource "aws_imagebuilder_distribution_configuration" "base" {
  name = "base"
  distribution { # expect: fail
    region = "eu-west-1"
    ami_distribution_configuration {
      name = "base"
    }
  }
}
