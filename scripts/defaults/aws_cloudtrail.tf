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

resource "aws_cloudtrail" "organization" {
  name                  = "orchard-organization"
  s3_bucket_name        = "orchard-trail"
  is_organization_trail = true
  advanced_event_selector {
    field_selector {
      field  = "eventCategory"
      equals = ["Data"]
    }
  }
}

resource "aws_cloudtrail" "fields" {
  name           = "orchard-fields"
  s3_bucket_name = "orchard-trail"
  advanced_event_selector {
    field_selector {
      field       = "eventCategory"
      starts_with = ["Da"]
    }
  }
}
