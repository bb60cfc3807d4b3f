resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  username                    = "admin"
  manage_master_user_password = true
}

resource "aws_rds_cluster" "carts" {
  cluster_identifier = "carts"
  master_username    = "admin"
  master_password    = ""
}

resource "aws_amplify_app" "shop" {
  name = "shop"
}
