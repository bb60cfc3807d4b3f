variable "verbs" {
  type = list(string)
}

resource "kubernetes_role" "runner" {
  metadata {
    name      = "runner"
    namespace = "shop"
  }
  rule {
    api_groups = ["batch"]
    resources  = ["jobs"]
    verbs      = var.verbs
  }
}
