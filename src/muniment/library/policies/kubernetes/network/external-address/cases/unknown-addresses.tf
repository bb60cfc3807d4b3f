variable "addresses" {
  type = list(string)
}

resource "kubernetes_service" "web" {
  metadata {
    name      = "web"
    namespace = "shop"
  }
  spec {
    external_ips = var.addresses
    port {
      port = 443
    }
  }
}
