resource "aws_ebs_snapshot_block_public_access" "plain" {
  state = "block-new-sharing"
}
