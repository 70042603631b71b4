# expect: fail
resource "aws_iam_policy" "all" {
  name = "bakery-all"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["ec2:RunInstances", "iam:Pass*"], Resource = "*" }]
  })
}

# expect: pass
resource "aws_iam_policy" "one" {
  name = "bakery-one"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "iam:PassRole", Resource = "arn:aws:iam::111122223333:role/baker" }]
  })
}

# expect: pass
resource "aws_iam_policy" "service" {
  name = "bakery-service"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "iam:PassRole"
      Resource  = "*"
      Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
    }]
  })
}

variable "action" {
  type = string
}

# expect: unknown
resource "aws_iam_policy" "asked" {
  name = "bakery-asked"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = var.action, Resource = "*" }]
  })
}

data "aws_caller_identity" "baker" {}

# expect: fail
resource "aws_iam_policy" "account" {
  name = "bakery-account"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "iam:passrole"
      Resource = "arn:aws:iam::${data.aws_caller_identity.baker.account_id}:role/*"
    }]
  })
}

# expect: pass
resource "aws_iam_policy" "denied" {
  name = "bakery-denied"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = "iam:PassRole", Resource = "arn:aws:iam::111122223333:role/*" }]
  })
}
