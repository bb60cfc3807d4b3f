resource "aws_elb" "shop" {
  name = "shop"
  listener {
    instance_port     = 8080
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http" # expect: fail
  }
}
