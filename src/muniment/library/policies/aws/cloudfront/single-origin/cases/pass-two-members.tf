resource "aws_cloudfront_distribution" "shop" {
  enabled = true
  origin {
    domain_name = "a.example.com"
    origin_id   = "primary"
  }
  origin {
    domain_name = "b.example.com"
    origin_id   = "standby"
  }
  origin_group {
    origin_id = "with-standby"
    failover_criteria {
      status_codes = [500, 502]
    }
    member {
      origin_id = "primary"
    }
    member {
      origin_id = "standby"
    }
  }
}
