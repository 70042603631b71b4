resource "aws_ec2_transit_gateway" "plain" {
  description = "orchard"
}
