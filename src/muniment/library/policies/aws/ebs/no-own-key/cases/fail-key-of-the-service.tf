resource "aws_ebs_volume" "orders" {
  availability_zone = "eu-west-1a"
  size              = 40
  encrypted         = true
  kms_key_id        = "alias/aws/ebs" # expect: fail
}
