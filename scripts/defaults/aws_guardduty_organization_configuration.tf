resource "aws_guardduty_organization_configuration" "plain" {
  auto_enable_organization_members = "ALL"
  detector_id                      = "0a1b2c3d4e5f607180a1b2c3d4e5f607"
}

resource "aws_guardduty_organization_configuration" "none" {
  auto_enable_organization_members = "NONE"
  detector_id                      = "1a1b2c3d4e5f607180a1b2c3d4e5f607"
}
