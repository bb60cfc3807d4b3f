variable "topics" {
  type = list(string)
}

resource "aws_cloudformation_stack" "network" {
  name              = "network"
  notification_arns = var.topics
}
