resource "aws_msk_cluster" "orders" {
  cluster_name = "orders"
  encryption_info {
    encryption_in_transit { # expect: fail
      client_broker = "TLS_PLAINTEXT"
    }
  }
}

resource "aws_msk_cluster" "silent" { # expect: fail
  cluster_name = "silent"
}
