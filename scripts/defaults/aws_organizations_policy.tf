resource "aws_organizations_policy" "plain" {
  name    = "harvest"
  content = jsonencode({ Version = "2012-10-17", Statement = [] })
}
