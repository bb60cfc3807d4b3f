resource "aws_appflow_flow" "this" { # expect: fail
  name = "crm"
}

resource "aws_appflow_connector_profile" "this" { # expect: fail
  name = "crm"
}
