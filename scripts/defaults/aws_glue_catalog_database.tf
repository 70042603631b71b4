resource "aws_glue_catalog_database" "plain" {
  name = "orchard"
}
