resource "aws_s3_bucket" "claims" {
  bucket = "example-claims"
  policy = jsonencode({ # expect: fail
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = "arn:aws:s3:::example-claims/*"
      Condition = { Bool = { "aws:MultiFactorAuthPresent" = "false" } }
    }]
  })
}
