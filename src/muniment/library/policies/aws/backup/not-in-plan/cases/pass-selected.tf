resource "aws_ebs_volume" "orders" {
  availability_zone = "eu-west-1a"
  size              = 40
}

resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-postgresql"
}

resource "aws_efs_file_system" "uploads" {
  creation_token = "uploads"
}

resource "aws_efs_backup_policy" "uploads" {
  file_system_id = aws_efs_file_system.uploads.id
  backup_policy {
    status = "ENABLED"
  }
}

resource "aws_backup_selection" "stores" {
  name         = "stores"
  plan_id      = "a1b2c3"
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  resources    = [aws_ebs_volume.orders.arn, aws_rds_cluster.orders.arn]
}
