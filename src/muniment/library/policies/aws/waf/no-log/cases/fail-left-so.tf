resource "aws_waf_web_acl" "this" { # expect: fail
  name = "web"
}

resource "aws_wafregional_web_acl" "this" { # expect: fail
  name = "web"
}
