resource "aws_sns_topic_policy" "plain" {
  arn    = "arn:aws:sns:eu-central-1:123456789012:harvest"
  policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
