variable "protocol" {
  type = string
}

resource "aws_msk_cluster" "orders" {
  cluster_name = "orders"
  encryption_info {
    encryption_in_transit {
      client_broker = var.protocol
    }
  }
}
