resource "aws_sns_topic" "plain" {
  name = "harvest"
}

resource "aws_sns_topic" "other" {
  name       = "frost.fifo"
  fifo_topic = true
}
