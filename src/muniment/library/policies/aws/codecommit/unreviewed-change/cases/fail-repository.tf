resource "aws_codecommit_repository" "shop" {
  repository_name = "shop" # expect: fail
}
