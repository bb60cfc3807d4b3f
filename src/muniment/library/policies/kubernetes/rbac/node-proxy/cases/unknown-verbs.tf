variable "verbs" {
  type = list(string)
}

resource "kubernetes_cluster_role" "monitor" {
  metadata {
    name = "monitor"
  }
  rule {
    api_groups = [""]
    resources  = ["nodes/proxy"]
    verbs      = var.verbs
  }
}
