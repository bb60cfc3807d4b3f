resource "aws_sns_topic_policy" "news" {
  arn = "arn:aws:sns:eu-west-1:111122223333:news"
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sns:Publish"
      Resource  = "arn:aws:sns:eu-west-1:111122223333:news"
      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-0123456789" } }
    }]
  })
}

resource "aws_glacier_vault" "archive" {
  name = "archive"
}
