# expect: skip
resource "aws_eip" "gate" {
  domain = "vpc"
}
