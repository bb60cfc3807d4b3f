resource "aws_codecommit_approval_rule_template" "two" {
  name = "two"
  content = jsonencode({
    Version    = "2018-11-08"
    Statements = [{ Type = "Approvers", NumberOfApprovalsNeeded = 2 }]
  })
}

resource "aws_codecommit_repository" "shop" {
  repository_name = "shop"
}

resource "aws_codecommit_approval_rule_template_association" "shop" {
  approval_rule_template_name = aws_codecommit_approval_rule_template.two.name
  repository_name             = aws_codecommit_repository.shop.repository_name
}
