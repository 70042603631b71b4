data "aws_partition" "current" {}

variable "policy" {
  type = string
}

# expect: fail
resource "aws_iam_role" "deployer" {
  name               = "deployer"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy_attachment" "deployer" {
  role       = aws_iam_role.deployer.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

# expect: fail
resource "aws_iam_user" "picker" {
  name = "picker"
}

resource "aws_iam_user_policy_attachment" "picker" {
  user       = aws_iam_user.picker.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/AdministratorAccess"
}

# expect: pass
resource "aws_iam_group" "readers" {
  name = "readers"
}

resource "aws_iam_group_policy_attachment" "readers" {
  group      = aws_iam_group.readers.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

# expect: pass
resource "aws_iam_role" "baker" {
  name               = "baker"
  assume_role_policy = "{}"
}

# expect: unknown
resource "aws_iam_role" "asked" {
  name               = "asked"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy_attachment" "asked" {
  role       = aws_iam_role.asked.name
  policy_arn = var.policy
}
