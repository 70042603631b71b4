resource "aws_cloudwatch_log_group" "plain" {
  name = "orchard"
}
