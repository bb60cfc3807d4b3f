resource "aws_eks_cluster" "main" { # expect: fail
  name = "main"
}

resource "aws_eks_cluster" "test" {
  name                      = "test"
  enabled_cluster_log_types = ["api", "audit"] # expect: fail
}
