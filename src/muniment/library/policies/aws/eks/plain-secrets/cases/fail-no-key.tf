resource "aws_eks_cluster" "main" {
  name = "main"
  encryption_config { # expect: fail
    resources = ["secrets"]
  }
}
