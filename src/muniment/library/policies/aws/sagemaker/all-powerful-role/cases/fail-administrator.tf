resource "aws_sagemaker_notebook_instance" "lab" {
  name          = "lab"
  instance_type = "ml.t3.medium"
  role_arn      = aws_iam_role.lab.arn # expect: fail
}

resource "aws_iam_role" "lab" {
  name               = "lab"
  assume_role_policy = jsonencode({})
}

resource "aws_iam_role_policy_attachment" "lab" {
  role       = aws_iam_role.lab.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_sagemaker_notebook_instance" "den" {
  name          = "den"
  instance_type = "ml.t3.medium"
  role_arn      = aws_iam_role.den.arn # expect: fail
}

resource "aws_iam_role" "den" {
  name                = "den"
  assume_role_policy  = jsonencode({})
  managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]
}
