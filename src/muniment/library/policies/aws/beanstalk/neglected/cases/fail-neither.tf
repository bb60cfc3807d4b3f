resource "aws_elastic_beanstalk_environment" "shop" {
  name        = "shop" # expect: fail
  application = "shop"
}
