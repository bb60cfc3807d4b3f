terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.80"
    }
  }
}

provider "aws" {
  region = "eu-central-1"
  default_tags {
    tags = { owner = "platform", data = "internal" }
  }
}

variable "office" {
  description = "Networks of the office."
  type        = list(string)
  default     = ["203.0.113.0/24"]
}

variable "backup_key" {
  description = "Key of the backup account."
  type        = string
}

locals {
  buckets = {
    orders  = { public = false }
    catalog = { public = true }
  }
}

module "store" {
  source   = "./modules/store"
  for_each = local.buckets

  name   = "larkspur-${each.key}"
  public = each.value.public
}

resource "aws_kms_key" "orders" {
  description         = "Orders at rest"
  enable_key_rotation = true
}

resource "aws_db_instance" "orders" {
  identifier          = "orders"
  engine              = "postgres"
  instance_class      = "db.t4g.medium"
  allocated_storage   = 50
  username            = "orders"
  storage_encrypted   = true
  kms_key_id          = aws_kms_key.orders.arn
  publicly_accessible = false
  multi_az            = true
  deletion_protection = true

  manage_master_user_password     = true
  backup_retention_period         = 14
  enabled_cloudwatch_logs_exports = ["postgresql"]
}

resource "aws_db_instance" "reports" {
  identifier          = "reports"
  engine              = "postgres"
  instance_class      = "db.t4g.small"
  allocated_storage   = 20
  username            = "reports"
  storage_encrypted   = false
  publicly_accessible = true
  skip_final_snapshot = true

  manage_master_user_password = true
}

resource "aws_ebs_volume" "backup" {
  availability_zone = "eu-central-1a"
  size              = 100
  encrypted         = var.backup_key != ""
  kms_key_id        = var.backup_key
}

resource "aws_security_group" "bastion" {
  name        = "bastion"
  description = "Way in for the office"

  dynamic "ingress" {
    for_each = var.office
    content {
      description = "ssh from ${ingress.value}"
      from_port   = 22
      to_port     = 22
      protocol    = "tcp"
      cidr_blocks = [ingress.value]
    }
  }
}

resource "aws_security_group" "reports" {
  name        = "reports"
  description = "Reports"

  ingress {
    description = "temporary"
    from_port   = 0
    to_port     = 65535
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

data "aws_iam_policy_document" "reports" {
  statement {
    sid       = "Everything"
    actions   = ["*"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "reports" {
  name   = "reports"
  policy = data.aws_iam_policy_document.reports.json
}
