variable "managed" {
  type = string
}

resource "aws_elastic_beanstalk_environment" "shop" {
  name        = "shop"
  application = "shop"
  setting {
    namespace = "aws:elasticbeanstalk:healthreporting:system"
    name      = "SystemType"
    value     = "enhanced"
  }
  setting {
    namespace = "aws:elasticbeanstalk:managedactions"
    name      = "ManagedActionsEnabled"
    value     = var.managed
  }
}
