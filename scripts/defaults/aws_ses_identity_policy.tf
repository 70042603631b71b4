resource "aws_ses_identity_policy" "plain" {
  identity = "bakery.example"
  name     = "bakery"
  policy   = jsonencode({ Version = "2012-10-17", Statement = [] })
}
