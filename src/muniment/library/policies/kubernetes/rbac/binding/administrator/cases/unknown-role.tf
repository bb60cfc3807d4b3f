variable "role" {
  type = string
}

resource "kubernetes_cluster_role_binding" "platform" {
  metadata {
    name = "platform"
  }
  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "ClusterRole"
    name      = var.role
  }
  subject {
    kind      = "Group"
    name      = "platform"
    api_group = "rbac.authorization.k8s.io"
  }
}
