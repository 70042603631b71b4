resource "aws_fsx_windows_file_system" "plain" {
  storage_capacity    = 300
  subnet_ids          = ["subnet-0a1b2c3d4e5f60718"]
  throughput_capacity = 32
  active_directory_id = "d-0a1b2c3d4e"
}

resource "aws_fsx_windows_file_system" "audited" {
  storage_capacity    = 400
  subnet_ids          = ["subnet-1a1b2c3d4e5f60718"]
  throughput_capacity = 64
  audit_log_configuration {
  }
  self_managed_active_directory {
    dns_ips     = ["10.0.0.2"]
    domain_name = "orchard.example"
    password    = "ripe-apples"
    username    = "picker"
  }
}
