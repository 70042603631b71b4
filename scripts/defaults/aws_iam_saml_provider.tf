resource "aws_iam_saml_provider" "plain" {
  name                   = "bakery"
  saml_metadata_document = "<EntityDescriptor>${join("", [for n in range(1000) : "x"])}</EntityDescriptor>"
}
