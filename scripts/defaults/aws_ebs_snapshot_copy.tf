resource "aws_ebs_snapshot_copy" "plain" {
  source_region      = "eu-west-1"
  source_snapshot_id = "snap-0a1b2c3d4e5f60718"
}
