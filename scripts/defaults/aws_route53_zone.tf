resource "aws_route53_zone" "plain" {
  name = "bakery.example"
}

resource "aws_route53_zone" "private" {
  name = "oven.bakery.example"
  vpc {
    vpc_id = "vpc-0a1b2c3d4e5f60718"
  }
}
