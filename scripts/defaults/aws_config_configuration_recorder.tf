resource "aws_config_configuration_recorder" "plain" {
  role_arn = "arn:aws:iam::123456789012:role/orchard"
}

resource "aws_config_configuration_recorder" "blocks" {
  name     = "orchard"
  role_arn = "arn:aws:iam::123456789012:role/orchard"
  recording_group {
  }
  recording_mode {
  }
}
