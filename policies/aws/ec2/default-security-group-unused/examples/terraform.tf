# expect: fail
resource "aws_default_security_group" "used" {
  vpc_id = "vpc-0a"
}

resource "aws_network_interface" "press" {
  subnet_id       = "subnet-0a"
  security_groups = [aws_default_security_group.used.id]
}

# expect: pass
resource "aws_default_security_group" "idle" {
  vpc_id = "vpc-0b"
}
