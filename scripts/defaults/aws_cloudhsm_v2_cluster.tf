resource "aws_cloudhsm_v2_cluster" "plain" {
  hsm_type   = "hsm1.medium"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
}
