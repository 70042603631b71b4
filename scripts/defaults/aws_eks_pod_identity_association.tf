resource "aws_eks_pod_identity_association" "plain" {
  cluster_name    = "bakery"
  namespace       = "oven"
  role_arn        = "arn:aws:iam::123456789012:role/bakery"
  service_account = "baker"
}
