variable "name" {}

variable "password" {}

resource "terraform_data" "t" {
  input = [var.name, var.password]
}

resource "terraform_data" "u" {
  input = terraform_data.t.id
}

output "id" {
  value = terraform_data.t.output
}
