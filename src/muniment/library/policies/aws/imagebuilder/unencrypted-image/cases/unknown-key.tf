variable "key" {
  type = string
}

resource "aws_imagebuilder_distribution_configuration" "base" {
  name = "base"
  distribution {
    region = "eu-west-1"
    ami_distribution_configuration {
      kms_key_id = var.key
    }
  }
}
