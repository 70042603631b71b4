resource "aws_guardduty_detector_feature" "plain" {
  detector_id = "0a1b2c3d4e5f607180a1b2c3d4e5f607"
  name        = "S3_DATA_EVENTS"
  status      = "ENABLED"
}
