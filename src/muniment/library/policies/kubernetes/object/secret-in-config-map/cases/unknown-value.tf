variable "password" {
  type = string
}

resource "kubernetes_config_map" "web" {
  metadata {
    name      = "web"
    namespace = "shop"
  }
  data = {
    DB_PASSWORD = var.password
  }
}
