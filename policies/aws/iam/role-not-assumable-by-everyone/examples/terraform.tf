# expect: fail
resource "aws_iam_role" "open" {
  name = "bakery-open"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" } }]
  })
}

# expect: pass
resource "aws_iam_role" "service" {
  name = "bakery-service"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

# expect: pass
resource "aws_iam_role" "organisation" {
  name               = "bakery-organisation"
  assume_role_policy = data.aws_iam_policy_document.organisation.json
}

data "aws_iam_policy_document" "organisation" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalOrgID"
      values   = ["o-a1b2c3d4e5"]
    }
  }
}

variable "trusted" {
  type = string
}

# expect: unknown
resource "aws_iam_role" "asked" {
  name = "bakery-asked"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = var.trusted } }]
  })
}

# expect: pass
resource "aws_iam_role" "looked_up" {
  name = "bakery-looked-up"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = data.aws_iam_role.baker.arn } }]
  })
}

# expect: skip
data "aws_iam_role" "baker" {
  name = "baker"
}
