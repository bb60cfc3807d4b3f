resource "aws_msk_cluster" "orders" {
  cluster_name = "orders"
  encryption_info {
    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = true
    }
  }
}
