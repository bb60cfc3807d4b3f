resource "aws_comprehend_entity_recognizer" "this" { # expect: fail
  name = "names"
}
