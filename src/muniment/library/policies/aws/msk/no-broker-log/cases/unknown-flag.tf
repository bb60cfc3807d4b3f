variable "log" {
  type = bool
}

resource "aws_msk_cluster" "orders" {
  cluster_name = "orders"
  logging_info {
    broker_logs {
      s3 {
        enabled = var.log
      }
    }
  }
}
