resource "aws_sqs_queue_policy" "plain" {
  queue_url = "https://sqs.eu-central-1.amazonaws.com/123456789012/harvest"
  policy    = jsonencode({ Version = "2012-10-17", Statement = [] })
}
