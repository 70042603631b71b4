resource "aws_config_configuration_aggregator" "plain" {
  name = "orchard"
  account_aggregation_source {
    account_ids = ["123456789012"]
    regions     = ["eu-central-1"]
  }
}

resource "aws_config_configuration_aggregator" "organization" {
  name = "orchard-organization"
  organization_aggregation_source {
    role_arn    = "arn:aws:iam::123456789012:role/orchard"
    all_regions = true
  }
}
