resource "aws_s3_bucket_object" "this" { # expect: fail
  key = "terms.pdf"
}

resource "aws_s3_object_copy" "this" { # expect: fail
  key = "terms.pdf"
}
