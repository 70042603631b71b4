resource "aws_default_vpc" "plain" {
}
