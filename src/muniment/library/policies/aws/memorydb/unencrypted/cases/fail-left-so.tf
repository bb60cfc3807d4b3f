resource "aws_memorydb_cluster" "this" { # expect: fail
  name        = "sessions"
  tls_enabled = false # expect: fail
}

resource "aws_memorydb_snapshot" "this" { # expect: fail
  name = "sessions-1"
}
