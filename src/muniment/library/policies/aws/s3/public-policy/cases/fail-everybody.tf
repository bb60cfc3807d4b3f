resource "aws_s3_bucket_policy" "site" {
  bucket = "example-site"
  policy = jsonencode({ # expect: fail
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Read"
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::example-site/*"
    }]
  })
}

resource "aws_s3_bucket" "old" {
  bucket = "example-old"
  # expect: fail
  policy = <<-JSON
    {"Statement": [{"Effect": "Allow", "Principal": {"AWS": ["*"]}, "Action": "s3:*", "Resource": "*"}]}
  JSON
}
