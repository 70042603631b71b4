resource "aws_cloudtrail" "plain" {
  name           = "orchard"
  s3_bucket_name = "orchard-trail"
}

resource "aws_cloudtrail" "events" {
  name           = "orchard-events"
  s3_bucket_name = "orchard-trail"
  event_selector {
    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3"]
    }
  }
  insight_selector {
    insight_type = "ApiCallRateInsight"
  }
}
