resource "aws_organizations_organization" "plain" {
}
