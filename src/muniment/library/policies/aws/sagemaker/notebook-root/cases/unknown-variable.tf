variable "given" {
  type = string
}

resource "aws_sagemaker_notebook_instance" "this" {
  name        = "lab"
  root_access = var.given
  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "2"
  }
}
