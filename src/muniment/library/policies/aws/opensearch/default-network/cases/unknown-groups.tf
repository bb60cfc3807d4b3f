variable "groups" {
  type = list(string)
}

resource "aws_opensearch_domain" "catalogue" {
  domain_name = "catalogue"
  vpc_options {
    subnet_ids         = ["subnet-1"]
    security_group_ids = var.groups
  }
}
