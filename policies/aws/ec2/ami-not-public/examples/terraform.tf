# expect: skip
resource "aws_ami" "apple" {
  name = "apple"
}
