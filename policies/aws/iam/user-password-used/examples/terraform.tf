# expect: skip
resource "aws_iam_user" "picker" {
  name = "picker"
}
