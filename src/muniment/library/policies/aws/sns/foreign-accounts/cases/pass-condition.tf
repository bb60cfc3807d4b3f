resource "aws_sns_topic_policy" "alerts" {
  arn = "arn:aws:sns:eu-west-1:111122223333:alerts"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "partner"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::444455556666:role/publisher" }
      Action    = "sns:Publish"
      Resource  = "arn:aws:sns:eu-west-1:111122223333:alerts"
      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-0123456789" } }
    }]
  })
}
