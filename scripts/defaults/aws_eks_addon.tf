resource "aws_eks_addon" "plain" {
  cluster_name = "bakery"
  addon_name   = "vpc-cni"
}
