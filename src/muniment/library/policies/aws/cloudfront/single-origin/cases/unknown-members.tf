variable "members" {
  type = list(string)
}

resource "aws_cloudfront_distribution" "shop" {
  enabled = true
  origin_group {
    origin_id = "with-standby"
    failover_criteria {
      status_codes = [500, 502]
    }
    dynamic "member" {
      for_each = var.members
      content {
        origin_id = member.value
      }
    }
  }
}
