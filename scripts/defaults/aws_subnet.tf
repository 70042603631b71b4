resource "aws_subnet" "plain" {
  vpc_id     = "vpc-0a1b2c3d4e5f60718"
  cidr_block = "10.0.1.0/24"
}

resource "aws_subnet" "six" {
  vpc_id          = "vpc-1a1b2c3d4e5f60718"
  ipv6_cidr_block = "2001:db8::/64"
  ipv6_native     = true
}
