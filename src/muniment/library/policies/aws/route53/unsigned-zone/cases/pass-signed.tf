resource "aws_route53_zone" "public" {
  name = "example.com"
}

resource "aws_route53_key_signing_key" "public" {
  hosted_zone_id             = aws_route53_zone.public.id
  key_management_service_arn = "arn:aws:kms:us-east-1:111122223333:key/a1b2c3"
  name                       = "public"
}

resource "aws_route53_hosted_zone_dnssec" "public" {
  hosted_zone_id = aws_route53_zone.public.id
  signing_status = "SIGNING"
}
