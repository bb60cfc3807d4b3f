variable "given" {
  type = bool
}

resource "aws_sagemaker_model" "this" {
  name                     = "score"
  enable_network_isolation = var.given
}
