resource "aws_route53_record" "shop" {
  zone_id = "Z1"
  name    = "shop.example.com"
  type    = "A"
  ttl     = 300
  records = ["198.51.100.7"] # expect: fail
}
