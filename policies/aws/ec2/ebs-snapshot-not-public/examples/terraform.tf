# expect: skip
resource "aws_ebs_snapshot" "disk" {
  volume_id = "vol-0a1b2c3d4e5f60718"
}
