resource "aws_subnet" "plain" {
  vpc_id     = "vpc-0a1b2c3d4e5f60718"
  cidr_block = "10.0.1.0/24"
}
