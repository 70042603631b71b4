resource "aws_lambda_event_source_mapping" "plain" {
  function_name    = "pick"
  event_source_arn = "arn:aws:sqs:eu-central-1:123456789012:orchard"
}

resource "aws_lambda_event_source_mapping" "stream" {
  function_name     = "sort"
  event_source_arn  = "arn:aws:kinesis:eu-central-1:123456789012:stream/orchard"
  starting_position = "LATEST"
}

resource "aws_lambda_event_source_mapping" "kafka" {
  function_name     = "peel"
  topics            = ["peel"]
  starting_position = "TRIM_HORIZON"
  self_managed_event_source {
    endpoints = {
      KAFKA_BOOTSTRAP_SERVERS = "kafka.orchard.example:9092"
    }
  }
}
