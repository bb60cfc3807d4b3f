variable "role" {
  type = string
}

locals {
  properties = <<-JSON
    {"image": "job:1.4.2", "privileged": true, "jobRoleArn": "${var.role}"}
  JSON
}

resource "aws_batch_job_definition" "nightly" {
  name                 = "nightly"
  type                 = "container"
  container_properties = local.properties # expect: fail
}
