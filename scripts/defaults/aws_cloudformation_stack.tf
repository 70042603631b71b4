resource "aws_cloudformation_stack" "plain" {
  name         = "orchard"
  template_url = "https://orchard.s3.amazonaws.com/orchard.yaml"
}

resource "aws_cloudformation_stack" "body" {
  name          = "orchard-body"
  template_body = "{}"
}
