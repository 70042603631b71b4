resource "aws_vpc" "plain" {
  cidr_block = "10.0.0.0/16"
}
