variable "password" {
  type      = string
  sensitive = true
}

resource "aws_redshift_cluster" "reports" {
  cluster_identifier = "reports"
  master_username    = "admin"
  master_password    = var.password
}
