resource "aws_glue_crawler" "plain" {
  name          = "harvest"
  database_name = "orchard"
  role          = "orchard"
  s3_target {
    path = "s3://orchard-harvest"
  }
}
