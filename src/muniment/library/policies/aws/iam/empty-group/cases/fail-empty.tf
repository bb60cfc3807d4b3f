resource "aws_iam_group_membership" "auditors" {
  name  = "auditors"
  users = [] # expect: fail
  group = "auditors"
}
