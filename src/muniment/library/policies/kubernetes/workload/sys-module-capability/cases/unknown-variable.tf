variable "capabilities" {
  type = list(string)
}

resource "kubernetes_pod" "driver" {
  metadata {
    name      = "driver"
    namespace = "drivers"
  }
  spec {
    container {
      name  = "load"
      image = "registry.example.com/driver:2.1"
      security_context {
        capabilities {
          add = var.capabilities
        }
      }
    }
  }
}
