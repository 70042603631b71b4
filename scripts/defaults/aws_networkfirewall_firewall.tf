resource "aws_networkfirewall_firewall" "plain" {
  name                = "orchard"
  firewall_policy_arn = "arn:aws:network-firewall:eu-central-1:123456789012:firewall-policy/orchard"
  vpc_id              = "vpc-0a1b2c3d4e5f60718"
  subnet_mapping {
    subnet_id = "subnet-0a1b2c3d4e5f60718"
  }
}
