variable "group" {
  type = string
}

resource "kubernetes_cluster_role_binding" "readers" {
  metadata {
    name = "readers"
  }
  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "ClusterRole"
    name      = "view"
  }
  subject {
    kind      = "Group"
    name      = var.group
    api_group = "rbac.authorization.k8s.io"
  }
}
