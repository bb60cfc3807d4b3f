resource "aws_codecommit_approval_rule_template" "one" {
  name    = "one"
  content = jsonencode({ Statements = [{ Type = "Approvers", NumberOfApprovalsNeeded = 1 }] }) # expect: fail
}
