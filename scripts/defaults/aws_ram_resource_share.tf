resource "aws_ram_resource_share" "plain" {
  name = "orchard"
}
