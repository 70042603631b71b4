resource "aws_codebuild_project" "plain" {
  name         = "bread"
  service_role = "arn:aws:iam::123456789012:role/bakery"
  artifacts {
    type = "NO_ARTIFACTS"
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }
  source {
    type      = "NO_SOURCE"
    buildspec = "version: 0.2"
  }
  logs_config {
    cloudwatch_logs {
    }
    s3_logs {
    }
  }
}
