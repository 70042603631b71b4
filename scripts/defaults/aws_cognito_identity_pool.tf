resource "aws_cognito_identity_pool" "plain" {
  identity_pool_name = "bakery"
}
