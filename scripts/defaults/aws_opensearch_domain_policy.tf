resource "aws_opensearch_domain_policy" "plain" {
  domain_name     = "orchard"
  access_policies = jsonencode({ Version = "2012-10-17", Statement = [] })
}
