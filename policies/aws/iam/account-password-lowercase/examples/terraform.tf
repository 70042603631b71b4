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

# expect: fail at password_policy.require_lowercase_characters
resource "aws_iam_account_password_policy" "weak" {
  require_lowercase_characters = false
}

# expect: pass
resource "aws_iam_account_password_policy" "strong" {
  provider                     = aws.bakery
  require_lowercase_characters = true
}

variable "asked" {
  type = bool
}

# expect: unknown at password_policy.require_lowercase_characters
resource "aws_iam_account_password_policy" "asked" {
  provider                     = aws.market
  require_lowercase_characters = var.asked
}
