resource "aws_eks_cluster" "plain" {
  name     = "bakery"
  role_arn = "arn:aws:iam::123456789012:role/bakery"
  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d4e5f60718", "subnet-1a1b2c3d4e5f60718"]
  }
}

resource "aws_eks_cluster" "blocks" {
  name     = "bakery-blocks"
  role_arn = "arn:aws:iam::123456789012:role/bakery"
  vpc_config {
    subnet_ids         = ["subnet-0a1b2c3d4e5f60718", "subnet-1a1b2c3d4e5f60718"]
    security_group_ids = ["sg-0a1b2c3d4e5f60718"]
  }
  access_config {
  }
  kubernetes_network_config {
  }
  upgrade_policy {
  }
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = "arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-1111-2222-3333-444455556666"
    }
  }
}
