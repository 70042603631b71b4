provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "bakery"
  region = "eu-central-1"
}

provider "aws" {
  alias  = "market"
  region = "eu-central-1"
}

# expect: fail at password_policy.max_password_age
resource "aws_iam_account_password_policy" "weak" {
  max_password_age = 365
}

# expect: pass
resource "aws_iam_account_password_policy" "strong" {
  provider         = aws.bakery
  max_password_age = 90
}

variable "asked" {
  type = number
}

# expect: unknown at password_policy.max_password_age
resource "aws_iam_account_password_policy" "asked" {
  provider         = aws.market
  max_password_age = var.asked
}
