resource "aws_sagemaker_model" "this" {
  name                     = "score"
  enable_network_isolation = true
}

resource "aws_sagemaker_data_quality_job_definition" "this" {
  name = "watch"
  network_config {
    enable_inter_container_traffic_encryption = true
  }
}
