resource "aws_iam_user_login_profile" "ada" { # expect: fail
  user    = "ada"
  pgp_key = "keybase:ada"
}
