resource "aws_securityhub_account" "plain" {
}
