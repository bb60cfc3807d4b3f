resource "aws_timestreamwrite_database" "this" { # expect: fail
  database_name = "meters"
}
