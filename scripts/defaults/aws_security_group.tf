resource "aws_security_group" "plain" {
  name = "orchard"
}

resource "aws_security_group" "blocks" {
  name   = "orchard-rules"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}
