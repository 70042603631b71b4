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

# expect: fail at password_policy.password_reuse_prevention
resource "aws_iam_account_password_policy" "weak" {
  password_reuse_prevention = 5
}

# expect: pass
resource "aws_iam_account_password_policy" "strong" {
  provider                  = aws.bakery
  password_reuse_prevention = 24
}

variable "asked" {
  type = number
}

# expect: unknown at password_policy.password_reuse_prevention
resource "aws_iam_account_password_policy" "asked" {
  provider                  = aws.market
  password_reuse_prevention = var.asked
}
