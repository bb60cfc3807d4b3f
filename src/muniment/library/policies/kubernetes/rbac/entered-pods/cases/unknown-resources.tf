variable "resources" {
  type = list(string)
}

resource "kubernetes_cluster_role" "developer" {
  metadata {
    name = "developer"
  }
  rule {
    api_groups = [""]
    resources  = var.resources
    verbs      = ["create"]
  }
}
