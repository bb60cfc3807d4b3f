resource "aws_iam_policy" "training" {
  name   = "training"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::training/*" }] })
}

resource "aws_iam_role" "lab" {
  name               = "lab"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy_attachment" "lab" {
  role       = aws_iam_role.lab.name
  policy_arn = aws_iam_policy.training.arn
}

resource "aws_sagemaker_notebook_instance" "lab" {
  name          = "lab"
  instance_type = "ml.t3.medium"
  role_arn      = aws_iam_role.lab.arn
}
