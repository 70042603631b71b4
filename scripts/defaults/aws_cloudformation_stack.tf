resource "aws_cloudformation_stack" "plain" {
  name         = "orchard"
  template_url = "https://orchard.s3.amazonaws.com/orchard.yaml"
}
