resource "aws_media_store_container_policy" "plain" {
  container_name = "orchard"
  policy         = jsonencode({ Version = "2012-10-17", Statement = [] })
}
