variable "verbs" {
  type = list(string)
}

resource "kubernetes_cluster_role" "reader" {
  metadata {
    name = "reader"
  }
  rule {
    api_groups = [""]
    resources  = ["secrets"]
    verbs      = var.verbs
  }
}
