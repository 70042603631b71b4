resource "aws_efs_backup_policy" "plain" {
  file_system_id = "fs-0a1b2c3d4e5f60718"
  backup_policy {
    status = "ENABLED"
  }
}
