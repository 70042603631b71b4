resource "aws_route53_zone_association" "plain" {
  zone_id = "Z0123456789"
  vpc_id  = "vpc-0a1b2c3d4e5f60718"
}
