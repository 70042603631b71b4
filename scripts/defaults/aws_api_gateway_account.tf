resource "aws_api_gateway_account" "plain" {
}
