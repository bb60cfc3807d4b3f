resource "aws_datasync_location_object_storage" "partner" {
  agent_arns      = ["arn:aws:datasync:eu-west-1:111122223333:agent/agent-1"]
  server_hostname = "storage.example.com"
  bucket_name     = "partner"
  access_key      = "partner"
  secret_key      = "not-a-real-secret" # expect: fail
}
