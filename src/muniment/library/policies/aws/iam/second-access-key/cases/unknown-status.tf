variable "status" {
  type = string
}

resource "aws_iam_access_key" "old" {
  user   = "backup"
  status = var.status
}

resource "aws_iam_access_key" "new" {
  user = "backup"
}
