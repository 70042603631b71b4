resource "aws_guardduty_detector" "plain" {
}
