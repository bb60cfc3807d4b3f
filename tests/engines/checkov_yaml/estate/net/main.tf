resource "aws_subnet" "made" {
  map_public_ip_on_launch = false
}

output "subnet" {
  value = aws_subnet.made.id
}
