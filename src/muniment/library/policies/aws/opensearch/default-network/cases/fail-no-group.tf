resource "aws_opensearch_domain" "catalogue" {
  domain_name = "catalogue"
  vpc_options { # expect: fail
    subnet_ids = ["subnet-1"]
  }
}
