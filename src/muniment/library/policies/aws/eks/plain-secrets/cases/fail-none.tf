resource "aws_eks_cluster" "main" { # expect: fail
  name = "main"
}
