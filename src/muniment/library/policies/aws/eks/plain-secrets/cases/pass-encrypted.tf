resource "aws_eks_cluster" "main" {
  name = "main"
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = "arn:aws:kms:eu-central-1:111122223333:key/0c1d2e3f-0000-4000-8000-000000000001"
    }
  }
}
