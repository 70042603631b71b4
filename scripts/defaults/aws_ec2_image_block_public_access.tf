resource "aws_ec2_image_block_public_access" "plain" {
  state = "block-new-sharing"
}
