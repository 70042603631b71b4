resource "aws_eks_node_group" "plain" {
  cluster_name  = "bakery"
  node_role_arn = "arn:aws:iam::123456789012:role/bakery"
  subnet_ids    = ["subnet-0a1b2c3d4e5f60718"]
  scaling_config {
    desired_size = 1
    max_size     = 2
    min_size     = 1
  }
  remote_access {
  }
  update_config {
    max_unavailable = 1
  }
}

resource "aws_eks_node_group" "bare" {
  cluster_name  = "orchard"
  node_role_arn = "arn:aws:iam::123456789012:role/bare"
  subnet_ids    = ["subnet-0a1b2c3d4e5f60718"]
  scaling_config {
    desired_size = 1
    max_size     = 2
    min_size     = 1
  }
}
