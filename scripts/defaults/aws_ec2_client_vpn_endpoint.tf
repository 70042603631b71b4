resource "aws_ec2_client_vpn_endpoint" "plain" {
  client_cidr_block      = "10.0.0.0/16"
  server_certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-1111-2222-3333-444455556666"
  authentication_options {
    type                       = "certificate-authentication"
    root_certificate_chain_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/1a1b2c3d-1111-2222-3333-444455556666"
  }
  connection_log_options {
    enabled = false
  }
}
