resource "aws_load_balancer_policy" "plain" {
  load_balancer_name = "bakery"
  policy_name        = "bread"
  policy_type_name   = "SSLNegotiationPolicyType"
}
