variable "verbs" {
  type = list(string)
}

resource "kubernetes_role" "deployer" {
  metadata {
    name      = "deployer"
    namespace = "shop"
  }
  rule {
    api_groups = ["rbac.authorization.k8s.io"]
    resources  = ["rolebindings"]
    verbs      = var.verbs
  }
}
