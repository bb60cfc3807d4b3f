variable "encrypt" {
  type = bool
}

resource "aws_efs_file_system" "home" {
  creation_token = "home"
  encrypted      = var.encrypt
}
