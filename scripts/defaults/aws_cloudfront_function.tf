resource "aws_cloudfront_function" "plain" {
  name    = "bake"
  runtime = "cloudfront-js-2.0"
  code    = "bake()"
}
