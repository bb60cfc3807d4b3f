resource "aws_db_instance" "orders" {
  identifier = "orders"
  username   = "admin"
  password   = "correct-horse" # expect: fail
}

locals {
  password = "battery-staple"
}

resource "aws_docdb_cluster" "documents" {
  cluster_identifier = "documents"
  master_username    = "admin"
  master_password    = local.password # expect: fail
}

variable "token" {
  type    = string
  default = "correct-horse-battery"
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "sessions"
  auth_token           = var.token # expect: fail
}

resource "aws_dms_endpoint" "orders" {
  endpoint_id   = "orders"
  endpoint_type = "source"
  engine_name   = "mysql"
  username      = "mover"
  password      = "correct-horse" # expect: fail
}

resource "aws_directory_service_directory" "staff" {
  name     = "staff.example.com"
  password = "Correct-Horse-1" # expect: fail
}

resource "aws_amplify_app" "shop" {
  name                   = "shop"
  repository             = "https://git.example.com/shop"
  access_token           = "d0gAndC4t"                 # expect: fail
  basic_auth_credentials = base64encode("guest:horse") # expect: fail
}

resource "aws_amplify_app" "blog" {
  name        = "blog"
  repository  = "https://git.example.com/blog"
  oauth_token = "d0gAndC4t" # expect: fail
}
