resource "aws_efs_mount_target" "plain" {
  file_system_id = "fs-0a1b2c3d4e5f60718"
  subnet_id      = "subnet-0a1b2c3d4e5f60718"
}
