# expect: fail
resource "aws_iam_user" "ada" {
  name = "ada"
}

resource "aws_iam_user_policy_attachment" "ada" {
  user       = aws_iam_user.ada.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

# expect: pass
resource "aws_iam_user" "ben" {
  name = "ben"
}

resource "aws_iam_user_group_membership" "ben" {
  user   = aws_iam_user.ben.name
  groups = ["pickers"]
}

variable "policies" {
  type = set(string)
}

# expect: unknown
resource "aws_iam_user" "cleo" {
  name = "cleo"
}

resource "aws_iam_user_policy_attachment" "cleo" {
  for_each   = var.policies
  user       = aws_iam_user.cleo.name
  policy_arn = each.value
}
