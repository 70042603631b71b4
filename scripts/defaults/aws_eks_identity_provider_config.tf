resource "aws_eks_identity_provider_config" "plain" {
  cluster_name = "bakery"
  oidc {
    client_id                     = "bread"
    identity_provider_config_name = "bakery"
    issuer_url                    = "https://bakery.example"
  }
}
