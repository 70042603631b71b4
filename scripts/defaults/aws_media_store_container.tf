resource "aws_media_store_container" "plain" {
  name = "orchard"
}
