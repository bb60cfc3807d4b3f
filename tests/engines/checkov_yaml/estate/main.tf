variable "open" {}

variable "name" { default = "n" }

locals { subnet = aws_subnet.inner.id }

resource "aws_s3_bucket" "absent" {}

resource "aws_s3_bucket" "texts" {
  x    = "alpha"
  tags = { Name = "one", Team = "red blue green" }
}

resource "aws_s3_bucket" "empty_text" {
  x = ""
}

resource "aws_s3_bucket" "json_text" {
  x = "{\"a\": \"alpha\", \"b\": [\"beta\"]}"
}

resource "aws_s3_bucket" "boolean" {
  x = true
}

resource "aws_s3_bucket" "boolean_text" {
  x = "true"
}

resource "aws_s3_bucket" "no" {
  x = false
}

resource "aws_s3_bucket" "zero" {
  x = 0
}

resource "aws_s3_bucket" "number" {
  x = 10
}

resource "aws_s3_bucket" "number_text" {
  x = "10"
}

resource "aws_s3_bucket" "fraction" {
  x = 12.5
}

resource "aws_s3_bucket" "range" {
  x = "1000-2000"
}

resource "aws_s3_bucket" "star" {
  x = "*"
}

resource "aws_s3_bucket" "list" {
  x = ["alpha", "beta"]
}

resource "aws_s3_bucket" "single" {
  x = ["alpha"]
}

resource "aws_s3_bucket" "numbers" {
  x = [1, 10, 20]
}

resource "aws_s3_bucket" "empty_list" {
  x = []
}

resource "aws_s3_bucket" "map" {
  x = { alpha = "one", b = "two" }
}

resource "aws_s3_bucket" "empty_map" {
  x = {}
}

resource "aws_s3_bucket" "null" {
  x = null
}

resource "aws_s3_bucket" "networks" {
  x = ["10.1.0.0/16", "10.2.3.0/24"]
}

resource "aws_s3_bucket" "network" {
  x = "10.0.0.0/8"
}

resource "aws_s3_bucket" "network_six" {
  x = "fd00:1::/32"
}

resource "aws_s3_bucket" "upper" {
  x = "ALPHA"
}

resource "aws_s3_bucket" "words" {
  x = "one two  three"
}

resource "aws_s3_bucket" "one_block" {
  rule {
    name = "a"
    ports = [22]
    enabled = true
  }
}

resource "aws_s3_bucket" "two_blocks" {
  rule {
    name    = "a"
    ports   = [22, 80]
    enabled = true
  }
  rule {
    name    = "b"
    ports   = [443]
    enabled = false
    inner { depth = 1 }
    inner { depth = 2 }
  }
}

resource "aws_s3_bucket" "policy" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:*"], Resource = "*" },
      { Effect = "Deny", Action = "s3:Get", Resource = ["a", "b"] },
    ]
  })
}

resource "aws_s3_bucket" "one_statement" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*" }] })
}

resource "aws_instance" "connected" {
  subnet_id = aws_subnet.inner.id
  tags      = { Name = "web" }
}

resource "aws_instance" "through_local" {
  subnet_id = local.subnet
}

resource "aws_instance" "alone" {
  subnet_id = "subnet-1"
}

resource "aws_instance" "unfit" {
  subnet_id = aws_subnet.outer.id
}

resource "aws_subnet" "inner" {
  map_public_ip_on_launch = false
}

resource "aws_subnet" "outer" {
  map_public_ip_on_launch = true
}

resource "aws_subnet" "lonely" {
  map_public_ip_on_launch = false
}

resource "aws_eip" "address" {}

data "aws_iam_policy_document" "read" {
  statement {
    actions   = ["s3:Get"]
    resources = ["*"]
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "net" {
  source = "./net"
}

resource "aws_instance" "through_output" {
  subnet_id = module.net.subnet
}
