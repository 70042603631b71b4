resource "aws_cloudfront_response_headers_policy" "plain" {
  name = "bakery"
  security_headers_config {
    strict_transport_security {
      access_control_max_age_sec = 600
      override                   = true
    }
  }
}
