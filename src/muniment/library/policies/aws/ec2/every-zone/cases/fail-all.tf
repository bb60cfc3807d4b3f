data "aws_availability_zones" "all" {
  state = "available" # expect: fail
}
