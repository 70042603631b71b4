resource "aws_cognito_user_pool" "plain" {
  name = "bakery"
  password_policy {
  }
}
