resource "aws_iam_account_password_policy" "weak" { # expect: fail
  minimum_password_length   = 8   # expect: fail
  password_reuse_prevention = 3   # expect: fail
  max_password_age          = 365 # expect: fail
}
