resource "aws_sqs_queue_policy" "orders" {
  queue_url = "https://sqs.eu-west-1.amazonaws.com/111122223333/orders"
  policy = jsonencode({ # expect: fail
    Statement = [{ Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = "*" }]
  })
}

resource "aws_glacier_vault" "archive" {
  name = "archive"
  access_policy = jsonencode({ # expect: fail
    Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "glacier:UploadArchive", Resource = "*" }]
  })
}
