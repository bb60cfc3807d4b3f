resource "aws_iam_role" "worker" {
  name = "worker"
  assume_role_policy = jsonencode({ # expect: fail
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "111122223333" } }]
  })
}

resource "aws_iam_role" "other" {
  name = "other"
  assume_role_policy = jsonencode({ # expect: fail
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = ["arn:aws:iam::111122223333:root"] } }]
  })
}
