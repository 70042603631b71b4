# expect: pass
resource "aws_iam_policy" "reader" {
  name = "orchard-reader"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "*" }]
  })
}

# expect: fail
resource "aws_iam_policy" "all" {
  name = "orchard-all"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }]
  })
}

# expect: pass
resource "aws_iam_policy" "boundary" {
  name = "orchard-boundary"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", NotAction = "iam:*", Resource = "*" }]
  })
}

# expect: pass
resource "aws_iam_role" "baker" {
  name               = "baker"
  assume_role_policy = "{}"
}

# expect: fail
resource "aws_iam_role_policy" "inline" {
  role   = aws_iam_role.baker.id
  policy = data.aws_iam_policy_document.all.json
}

data "aws_iam_policy_document" "all" {
  statement {
    actions   = ["*:*"]
    resources = ["*"]
  }
}

variable "action" {
  type = string
}

# expect: unknown
resource "aws_iam_policy" "asked" {
  name = "orchard-asked"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = var.action, Resource = "*" }]
  })
}
