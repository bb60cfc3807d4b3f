variable "targets" {
  type = list(string)
}

resource "aws_security_group_rule" "out" {
  type              = "egress"
  from_port         = 0
  to_port           = 0
  protocol          = "-1"
  cidr_blocks       = var.targets
  security_group_id = "sg-0a1b2c3d4e5f60718"
}
