resource "aws_codebuild_project" "shop" {
  name         = "shop" # expect: fail
  service_role = "arn:aws:iam::111122223333:role/build"
}
