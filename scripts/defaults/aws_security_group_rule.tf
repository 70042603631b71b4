resource "aws_security_group_rule" "plain" {
  type              = "ingress"
  from_port         = 22
  to_port           = 22
  protocol          = "tcp"
  security_group_id = "sg-0a1b2c3d4e5f60718"
  cidr_blocks       = ["10.0.0.0/8"]
}

resource "aws_security_group_rule" "group" {
  type                     = "egress"
  from_port                = 443
  to_port                  = 443
  protocol                 = "tcp"
  security_group_id        = "sg-0a1b2c3d4e5f60718"
  source_security_group_id = "sg-1a1b2c3d4e5f60718"
}
