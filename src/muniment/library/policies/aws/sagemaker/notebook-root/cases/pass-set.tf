resource "aws_sagemaker_notebook_instance" "this" {
  name        = "lab"
  root_access = "Disabled"
  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "2"
  }
}
