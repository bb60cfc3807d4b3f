resource "aws_glue_resource_policy" "catalogue" {
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "glue:GetTable"
      Resource  = "arn:aws:glue:eu-west-1:111122223333:*"
      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-0123456789" } }
    }]
  })
}
