resource "aws_config_configuration_recorder_status" "plain" {
  name       = "orchard"
  is_enabled = true
}
