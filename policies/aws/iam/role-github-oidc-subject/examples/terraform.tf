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

# expect: skip
resource "aws_iam_role" "pods" {
  name               = "orchard-pods"
  assume_role_policy = data.aws_iam_policy_document.pods.json
}

data "aws_iam_policy_document" "pods" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [var.pod_provider]
    }

    condition {
      test     = "StringEquals"
      variable = "oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C3D4E5F:sub"
      values   = ["system:serviceaccount:orchard:press"]
    }
  }
}

variable "pod_provider" {
  type = string
}

# expect: skip
resource "aws_iam_role" "google" {
  name = "orchard-google"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "accounts.google.com" }
      Condition = { StringEquals = { "accounts.google.com:sub" = "1234567890" } }
    }]
  })
}

# expect: fail
resource "aws_iam_role" "looked_up" {
  name               = "orchard-looked-up"
  assume_role_policy = data.aws_iam_policy_document.looked_up.json
}

data "aws_iam_openid_connect_provider" "github" {
  url = "https://token.actions.githubusercontent.com"
}

data "aws_iam_policy_document" "looked_up" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [data.aws_iam_openid_connect_provider.github.arn]
    }
  }
}

# expect: skip
resource "aws_iam_role" "people" {
  name = "orchard-people"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithSAML"
      Principal = { Federated = aws_iam_saml_provider.people.id }
    }]
  })
}

resource "aws_iam_saml_provider" "people" {
  name                   = "orchard"
  saml_metadata_document = "<xml/>"
}

# expect: skip
resource "aws_iam_role" "builds" {
  name = "orchard-builds"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:oidc-provider/oidc.circleci.com/org/1" }
    }]
  })
}

data "aws_caller_identity" "current" {}

variable "stage" {
  type = string
}

# expect: pass
resource "aws_iam_role" "stage" {
  name = "orchard-stage"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = local.provider }
      Condition = { StringLike = { "token.actions.githubusercontent.com:sub" = "repo:orchard/apples:environment:${var.stage}" } }
    }]
  })
}

# expect: fail
resource "aws_iam_role" "environment" {
  name = "orchard-environment"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = local.provider }
      Condition = { StringEquals = { "token.actions.githubusercontent.com:sub" = "environment:production" } }
    }]
  })
}

# expect: pass
resource "aws_iam_role" "owner" {
  name = "orchard-owner"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = local.provider }
      Condition = { StringEquals = { "token.actions.githubusercontent.com:sub" = "environment:production:repository_owner:orchard" } }
    }]
  })
}

# expect: fail
resource "aws_iam_role" "owners" {
  name = "orchard-owners"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = local.provider }
      Condition = { StringLike = { "Token.Actions.GitHubUserContent.com:sub" = "repository_owner:orchard*" } }
    }]
  })
}
