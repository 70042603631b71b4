resource "aws_codeartifact_domain" "plain" {
  domain = "recipes"
}
