variable "secret" {
  type      = string
  sensitive = true
}

resource "aws_datasync_location_object_storage" "partner" {
  agent_arns      = ["arn:aws:datasync:eu-west-1:111122223333:agent/agent-1"]
  server_hostname = "storage.example.com"
  bucket_name     = "partner"
  secret_key      = var.secret
}
