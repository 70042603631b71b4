resource "aws_eks_access_policy_association" "plain" {
  cluster_name  = "bakery"
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"
  principal_arn = "arn:aws:iam::123456789012:role/baker"
  access_scope {
    type = "cluster"
  }
}
