resource "aws_kinesis_video_stream" "plain" {
  name = "orchard"
}
