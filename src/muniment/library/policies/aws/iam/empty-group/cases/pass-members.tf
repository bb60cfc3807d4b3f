resource "aws_iam_group_membership" "auditors" {
  name  = "auditors"
  users = ["ada", "grace"]
  group = "auditors"
}
