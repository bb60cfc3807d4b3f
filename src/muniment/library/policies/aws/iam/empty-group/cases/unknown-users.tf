variable "users" {
  type = list(string)
}

resource "aws_iam_group_membership" "auditors" {
  name  = "auditors"
  users = var.users
  group = "auditors"
}
