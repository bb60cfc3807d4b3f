resource "aws_ses_identity_policy" "mail" {
  identity = "example.org"
  name     = "mail"
  policy   = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "ses:SendEmail", Resource = "*" }] }) # expect: fail
}
