resource "aws_glacier_vault" "plain" {
  name = "harvest"
}
