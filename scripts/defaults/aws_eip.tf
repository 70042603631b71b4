resource "aws_eip" "plain" {
  domain = "vpc"
}
