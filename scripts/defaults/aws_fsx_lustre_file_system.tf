resource "aws_fsx_lustre_file_system" "plain" {
  storage_capacity = 1200
  subnet_ids       = ["subnet-0a1b2c3d4e5f60718"]
}
