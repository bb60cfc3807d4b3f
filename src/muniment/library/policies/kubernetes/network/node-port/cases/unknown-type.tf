variable "type" {
  type = string
}

resource "kubernetes_service" "web" {
  metadata {
    name      = "web"
    namespace = "shop"
  }
  spec {
    type = var.type
    port {
      port = 443
    }
  }
}
