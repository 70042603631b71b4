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

# expect: fail at password_policy.minimum_password_length
resource "aws_iam_account_password_policy" "short" {
  minimum_password_length = 8
}

# expect: pass
resource "aws_iam_account_password_policy" "long" {
  provider                = aws.bakery
  minimum_password_length = 16
}

variable "length" {
  type = number
}

# expect: unknown at password_policy.minimum_password_length
resource "aws_iam_account_password_policy" "asked" {
  provider                = aws.market
  minimum_password_length = var.length
}
