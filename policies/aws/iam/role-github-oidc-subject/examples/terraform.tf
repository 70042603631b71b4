locals {
  provider = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
}

# expect: fail
resource "aws_iam_role" "anyone" {
  name = "orchard-anyone"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = local.provider }
      Condition = { StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" } }
    }]
  })
}

# expect: fail
resource "aws_iam_role" "wide" {
  name = "orchard-wide"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
      Condition = { StringLike = { "token.actions.githubusercontent.com:sub" = "repo:*" } }
    }]
  })
}

resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

# expect: pass
resource "aws_iam_role" "named" {
  name = "orchard-named"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = local.provider }
      Condition = { StringLike = { "token.actions.githubusercontent.com:sub" = "repo:orchard/apples:*" } }
    }]
  })
}

# expect: skip
resource "aws_iam_role" "service" {
  name = "orchard-service"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

variable "subject" {
  type = string
}

# expect: unknown
resource "aws_iam_role" "asked" {
  name = "orchard-asked"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = local.provider }
      Condition = { StringEquals = { "token.actions.githubusercontent.com:sub" = var.subject } }
    }]
  })
}
