resource "aws_eks_access_entry" "plain" {
  cluster_name  = "bakery"
  principal_arn = "arn:aws:iam::123456789012:role/baker"
}
