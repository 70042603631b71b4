resource "aws_eks_fargate_profile" "plain" {
  cluster_name           = "bakery"
  fargate_profile_name   = "oven"
  pod_execution_role_arn = "arn:aws:iam::123456789012:role/bakery"
  selector {
    namespace = "oven"
  }
}
