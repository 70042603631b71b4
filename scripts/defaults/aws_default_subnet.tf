resource "aws_default_subnet" "plain" {
  availability_zone = "eu-central-1a"
}
