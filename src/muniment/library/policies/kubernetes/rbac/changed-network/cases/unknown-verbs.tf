variable "verbs" {
  type = list(string)
}

resource "kubernetes_role" "deployer" {
  metadata {
    name      = "deployer"
    namespace = "shop"
  }
  rule {
    api_groups = [""]
    resources  = ["services"]
    verbs      = var.verbs
  }
}
