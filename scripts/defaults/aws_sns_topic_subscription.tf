resource "aws_sns_topic_subscription" "plain" {
  topic_arn = "arn:aws:sns:eu-central-1:123456789012:harvest"
  protocol  = "sqs"
  endpoint  = "arn:aws:sqs:eu-central-1:123456789012:harvest"
}

resource "aws_sns_topic_subscription" "mail" {
  topic_arn = "arn:aws:sns:eu-central-1:123456789012:frost"
  protocol  = "https"
  endpoint  = "https://orchard.example/frost"
}
