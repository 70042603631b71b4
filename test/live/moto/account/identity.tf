# One role and policy an orchard, as they should be.
resource "aws_iam_role" "picker" {
  for_each           = local.orchards
  name               = "picker-${each.key}"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

data "aws_iam_policy_document" "lambda" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_policy" "picker" {
  for_each = local.orchards
  name     = "picker-${each.key}"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::harvest-${each.key}/*" }]
  })
}

resource "aws_iam_role_policy_attachment" "picker" {
  for_each   = local.orchards
  role       = aws_iam_role.picker[each.key].name
  policy_arn = aws_iam_policy.picker[each.key].arn
}

resource "aws_iam_role_policy" "ledger" {
  name   = "ledger"
  role   = aws_iam_role.picker["apple"].name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "dynamodb:PutItem", Resource = "arn:aws:dynamodb:*:*:table/ledger" }] })
}

resource "aws_iam_group" "growers" {
  name = "growers"
}

resource "aws_iam_user" "grower" {
  for_each = toset(["ada", "berta"])
  name     = each.key
}

resource "aws_iam_user_group_membership" "grower" {
  for_each = aws_iam_user.grower
  user     = each.value.name
  groups   = [aws_iam_group.growers.name]
}

# Weak from here on.
resource "aws_iam_account_password_policy" "short" {
  minimum_password_length = 8
}

resource "aws_iam_role" "for_everyone" {
  name               = "for-everyone"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" } }] })
}

resource "aws_iam_openid_connect_provider" "github" {
  url             = "https://token.actions.githubusercontent.com"
  client_id_list  = ["sts.amazonaws.com"]
  thumbprint_list = ["6938fd4d98bab03faadb97b34396831e3780aea1"]
}

resource "aws_iam_role" "any_repository" {
  name = "any-repository"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
      Condition = { StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" } }
    }]
  })
}

resource "aws_iam_policy" "everything" {
  name   = "everything"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}

resource "aws_iam_policy" "any_role" {
  name   = "any-role"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "iam:PassRole", Resource = "*" }] })
}

resource "aws_iam_group" "masters" {
  name = "masters"
}

resource "aws_iam_group_policy_attachment" "masters" {
  group      = aws_iam_group.masters.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
