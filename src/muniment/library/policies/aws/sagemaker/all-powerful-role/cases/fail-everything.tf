resource "aws_iam_role" "notebook" {
  name               = "notebook"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "notebook" {
  role   = aws_iam_role.notebook.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}

resource "aws_sagemaker_notebook_instance" "lab" {
  name          = "lab"
  role_arn      = aws_iam_role.notebook.arn # expect: fail
  instance_type = "ml.t3.medium"
}
