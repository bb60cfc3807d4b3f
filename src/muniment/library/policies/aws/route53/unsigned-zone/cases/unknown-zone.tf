variable "zone" {
  type = string
}

resource "aws_route53_zone" "public" {
  name = "example.com"
}

resource "aws_route53_hosted_zone_dnssec" "given" {
  hosted_zone_id = var.zone
}
