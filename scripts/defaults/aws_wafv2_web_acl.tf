resource "aws_wafv2_web_acl" "plain" {
  name  = "bakery"
  scope = "REGIONAL"
  default_action {
    allow {
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "bakery"
    sampled_requests_enabled   = true
  }
}
