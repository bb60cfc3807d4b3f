variable "window" {
  type = number
}

resource "aws_rds_cluster" "orders" {
  engine           = "aurora-mysql"
  backtrack_window = var.window
}
