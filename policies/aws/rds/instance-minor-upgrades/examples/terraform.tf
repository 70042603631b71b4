# expect: fail at auto_minor_version_upgrade
resource "aws_db_instance" "still" {
  identifier                 = "still"
  engine                     = "postgres"
  instance_class             = "db.t3.micro"
  auto_minor_version_upgrade = false
}

# expect: pass
resource "aws_db_instance" "moving" {
  identifier     = "moving"
  engine         = "postgres"
  instance_class = "db.t3.micro"
}

variable "upgrade" {
  type = bool
}

# expect: unknown at auto_minor_version_upgrade
resource "aws_db_instance" "asked" {
  identifier                 = "asked"
  engine                     = "postgres"
  instance_class             = "db.t3.micro"
  auto_minor_version_upgrade = var.upgrade
}
