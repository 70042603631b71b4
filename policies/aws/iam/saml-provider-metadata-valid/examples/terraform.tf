# expect: skip
resource "aws_iam_saml_provider" "bakery" {
  name                   = "bakery"
  saml_metadata_document = file("bakery.xml")
}
