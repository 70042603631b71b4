resource "aws_sqs_queue_redrive_policy" "plain" {
  queue_url      = "https://sqs.eu-central-1.amazonaws.com/123456789012/harvest"
  redrive_policy = jsonencode({ deadLetterTargetArn = "arn:aws:sqs:eu-central-1:123456789012:frost", maxReceiveCount = 3 })
}
