resource "aws_default_security_group" "plain" {
  vpc_id = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_default_security_group" "rules" {
  vpc_id = "vpc-1a1b2c3d4e5f60718"
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}
