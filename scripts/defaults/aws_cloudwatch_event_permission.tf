resource "aws_cloudwatch_event_permission" "plain" {
  principal    = "210987654321"
  statement_id = "orchard"
}
