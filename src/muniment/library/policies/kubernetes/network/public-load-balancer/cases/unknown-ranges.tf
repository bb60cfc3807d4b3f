variable "ranges" {
  type = list(string)
}

resource "kubernetes_service" "web" {
  metadata {
    name      = "web"
    namespace = "shop"
  }
  spec {
    type                        = "LoadBalancer"
    load_balancer_source_ranges = var.ranges
    port {
      port = 443
    }
  }
}
