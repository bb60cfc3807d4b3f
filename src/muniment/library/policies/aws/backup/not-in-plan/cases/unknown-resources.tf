variable "stores" {
  type = list(string)
}

resource "aws_ebs_volume" "orders" {
  availability_zone = "eu-west-1a"
  size              = 40
}

resource "aws_backup_selection" "stores" {
  name         = "stores"
  plan_id      = "a1b2c3"
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  resources    = var.stores
}
