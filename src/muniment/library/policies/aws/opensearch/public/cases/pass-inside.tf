resource "aws_opensearch_domain" "catalogue" {
  domain_name = "catalogue"
  vpc_options {
    subnet_ids = ["subnet-0123456789abcdef0"]
  }
}
