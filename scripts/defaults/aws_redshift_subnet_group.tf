resource "aws_redshift_subnet_group" "plain" {
  name       = "orchard"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
}
