resource "aws_glue_security_configuration" "plain" {
  name = "harvest"
  encryption_configuration {
    cloudwatch_encryption {
    }
    job_bookmarks_encryption {
    }
    s3_encryption {
    }
  }
}
