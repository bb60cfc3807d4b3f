variable "names" {
  default = ["a", "b"]
}

variable "password" {
  default   = "hunter2"
  sensitive = true
}

module "m" {
  source   = "./m"
  for_each = toset(var.names)
  name     = each.key
  password = var.password
}

resource "terraform_data" "x" {
  # checkov:skip=CKV_AWS_3:a test of comments
  count = 2
  input = { a = "x", b = module.m["a"].id, c = { password = var.password }, n = null, l = [] }
}

resource "terraform_data" "y" {
  count = 2
  input = terraform_data.x[count.index].id
}

resource "terraform_data" "z" {
  input = terraform_data.x[*].id
}

locals {
  late = terraform_data.z.id
}

resource "terraform_data" "behind_local" {
  input = [local.late, "known"]
}
