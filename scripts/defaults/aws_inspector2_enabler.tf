resource "aws_inspector2_enabler" "plain" {
  account_ids    = ["123456789012"]
  resource_types = ["EC2"]
}
