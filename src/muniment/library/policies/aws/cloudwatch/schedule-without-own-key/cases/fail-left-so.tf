resource "aws_scheduler_schedule" "this" { # expect: fail
  name = "nightly"
}
