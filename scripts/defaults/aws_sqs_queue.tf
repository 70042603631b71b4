resource "aws_sqs_queue" "plain" {
  name = "harvest"
}

resource "aws_sqs_queue" "fifo" {
  name       = "frost.fifo"
  fifo_queue = true
}
