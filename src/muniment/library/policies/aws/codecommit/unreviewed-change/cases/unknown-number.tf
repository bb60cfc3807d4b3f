variable "approvals" {
  type = number
}

resource "aws_codecommit_approval_rule_template" "given" {
  name    = "given"
  content = jsonencode({ Statements = [{ Type = "Approvers", NumberOfApprovalsNeeded = var.approvals }] })
}
