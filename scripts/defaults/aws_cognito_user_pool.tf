resource "aws_cognito_user_pool" "plain" {
  name = "bakery"
  password_policy {
  }
}

resource "aws_cognito_user_pool" "bare" {
  name = "orchard-bare"
}
