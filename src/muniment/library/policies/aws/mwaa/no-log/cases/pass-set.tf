resource "aws_mwaa_environment" "this" {
  name = "jobs"
  logging_configuration {
    scheduler_logs {
      enabled = true
    }
    worker_logs {
      enabled = true
    }
    webserver_logs {
      enabled = true
    }
  }
}
