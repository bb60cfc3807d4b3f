variable "namespace" {
  type = string
}

resource "kubernetes_pod" "web" {
  metadata {
    name      = "web"
    namespace = var.namespace
  }
  spec {
    container {
      name  = "web"
      image = "registry.example.com/web:1.4"
    }
  }
}
