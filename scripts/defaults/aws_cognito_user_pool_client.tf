resource "aws_cognito_user_pool_client" "plain" {
  name         = "bakery"
  user_pool_id = "eu-central-1_Bakery"
}
