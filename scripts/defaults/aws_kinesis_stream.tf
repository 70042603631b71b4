resource "aws_kinesis_stream" "plain" {
  name        = "harvest"
  shard_count = 1
}

resource "aws_kinesis_stream" "demand" {
  name = "frost"
  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}
