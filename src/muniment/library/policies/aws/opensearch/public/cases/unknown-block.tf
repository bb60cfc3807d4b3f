variable "subnets" {
  type = list(string)
}

resource "aws_opensearch_domain" "catalogue" {
  domain_name = "catalogue"
  dynamic "vpc_options" {
    for_each = var.subnets
    content {
      subnet_ids = [vpc_options.value]
    }
  }
}
