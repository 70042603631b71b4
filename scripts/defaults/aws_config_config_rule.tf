resource "aws_config_config_rule" "plain" {
  name = "orchard"
  source {
    owner             = "AWS"
    source_identifier = "S3_BUCKET_VERSIONING_ENABLED"
  }
}

resource "aws_config_config_rule" "custom" {
  name = "orchard-custom"
  source {
    owner             = "CUSTOM_LAMBDA"
    source_identifier = "arn:aws:lambda:eu-central-1:123456789012:function:pick"
    source_detail {
      message_type = "ConfigurationItemChangeNotification"
    }
  }
  scope {
  }
}
