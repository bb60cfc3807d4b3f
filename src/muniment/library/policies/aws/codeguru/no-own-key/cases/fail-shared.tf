resource "aws_codegurureviewer_repository_association" "shop" {
  kms_key_details { # expect: fail
    encryption_option = "AWS_OWNED_CMK"
  }
}
