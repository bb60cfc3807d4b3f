variable "reset" {
  type = bool
}

resource "aws_iam_user_login_profile" "ada" {
  user                    = "ada"
  pgp_key                 = "keybase:ada"
  password_reset_required = var.reset
}
