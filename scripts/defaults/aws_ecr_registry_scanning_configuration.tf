resource "aws_ecr_registry_scanning_configuration" "plain" {
  scan_type = "ENHANCED"
}
