resource "aws_wafv2_web_acl_logging_configuration" "plain" {
  resource_arn            = "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/bakery/0a1b2c3d"
  log_destination_configs = ["arn:aws:firehose:eu-central-1:123456789012:deliverystream/aws-waf-logs-bakery"]
}
