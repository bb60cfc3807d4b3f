data "aws_availability_zones" "two" {
  filter {
    name   = "zone-name"
    values = ["eu-west-1a", "eu-west-1b"]
  }
}
