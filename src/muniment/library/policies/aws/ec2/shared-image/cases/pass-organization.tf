resource "aws_ami_launch_permission" "organization" {
  image_id         = "ami-1"
  organization_arn = "arn:aws:organizations::111122223333:organization/o-1"
}
