resource "aws_wafv2_web_acl_association" "plain" {
  resource_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/bakery/0a1b2c3d4e5f6071"
  web_acl_arn  = "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/bakery/0a1b2c3d"
}
