variable "given" {
  type = bool
}

resource "aws_db_instance" "this" {
  identifier                 = "sales"
  auto_minor_version_upgrade = var.given
}
