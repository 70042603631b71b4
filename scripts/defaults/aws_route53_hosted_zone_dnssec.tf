resource "aws_route53_hosted_zone_dnssec" "plain" {
  hosted_zone_id = "Z0123456789"
}
