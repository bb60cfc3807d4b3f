resource "aws_vpc_endpoint_service" "this" {
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/api/0123456789abcdef"]
  acceptance_required        = true
}
