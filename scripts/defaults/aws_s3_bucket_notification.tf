resource "aws_s3_bucket_notification" "plain" {
  bucket = "orchard-apples"
}

resource "aws_s3_bucket_notification" "queue" {
  bucket = "orchard-pears"
  queue {
    queue_arn = "arn:aws:sqs:eu-central-1:123456789012:orchard"
    events    = ["s3:ObjectCreated:*"]
  }
  topic {
    topic_arn = "arn:aws:sns:eu-central-1:123456789012:orchard"
    events    = ["s3:ObjectCreated:*"]
  }
  lambda_function {
    lambda_function_arn = "arn:aws:lambda:eu-central-1:123456789012:function:orchard"
    events              = ["s3:ObjectCreated:*"]
  }
}
