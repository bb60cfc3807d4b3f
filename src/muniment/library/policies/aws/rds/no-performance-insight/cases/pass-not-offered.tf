resource "aws_db_instance" "notes" {
  engine         = "mysql"
  instance_class = "db.t3.micro"
}

resource "aws_db_instance" "archive" {
  engine         = "db2-se"
  instance_class = "db.r6i.large"
}
