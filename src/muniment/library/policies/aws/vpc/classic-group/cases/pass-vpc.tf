resource "aws_security_group" "database" {
  name   = "database"
  vpc_id = "vpc-1"
}
