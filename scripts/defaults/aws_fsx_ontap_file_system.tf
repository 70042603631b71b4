resource "aws_fsx_ontap_file_system" "plain" {
  storage_capacity    = 1024
  subnet_ids          = ["subnet-0a1b2c3d4e5f60718"]
  deployment_type     = "SINGLE_AZ_1"
  preferred_subnet_id = "subnet-0a1b2c3d4e5f60718"
  throughput_capacity = 512
}
