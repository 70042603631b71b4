# expect: skip
resource "aws_iam_role" "ada" {
  name               = "ada"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
