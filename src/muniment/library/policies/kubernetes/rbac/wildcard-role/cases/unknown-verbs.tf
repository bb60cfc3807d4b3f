variable "verbs" {
  type = list(string)
}

resource "kubernetes_cluster_role" "reader" {
  metadata {
    name = "reader"
  }
  rule {
    api_groups = [""]
    resources  = ["pods"]
    verbs      = var.verbs
  }
}
