variable "given" {
  type = string
}

resource "aws_sagemaker_notebook_instance" "this" {
  name       = "lab"
  kms_key_id = var.given
}
