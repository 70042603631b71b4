resource "aws_s3control_access_point_policy" "plain" {
  access_point_arn = "arn:aws:s3:eu-central-1:123456789012:accesspoint/apples"
  policy           = jsonencode({ Version = "2012-10-17", Statement = [] })
}
