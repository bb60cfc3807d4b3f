resource "aws_msk_cluster" "orders" {
  cluster_name = "orders"
  logging_info { # expect: fail
    broker_logs {
      cloudwatch_logs {
        enabled = false
      }
      firehose {
        enabled = false
      }
    }
  }
}
