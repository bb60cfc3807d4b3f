variable "folder" {
  type = string
}

resource "kubernetes_pod" "web" {
  metadata {
    name      = "web"
    namespace = "shop"
  }
  spec {
    container {
      name  = "web"
      image = "registry.example.com/web:1.4"
    }
    volume {
      name = "settings"
      host_path {
        path = var.folder
      }
    }
  }
}
