resource "aws_ec2_transit_gateway" "plain" {
  description = "orchard"
}

resource "aws_ec2_transit_gateway" "plain_two" {
  amazon_side_asn = 64513
}
