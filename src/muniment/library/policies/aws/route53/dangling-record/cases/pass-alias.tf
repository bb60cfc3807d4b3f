resource "aws_lb" "shop" {
  name = "shop"
}

resource "aws_route53_record" "shop" {
  zone_id = "Z1"
  name    = "shop.example.com"
  type    = "A"
  alias {
    name                   = aws_lb.shop.dns_name
    zone_id                = aws_lb.shop.zone_id
    evaluate_target_health = true
  }
}
