# expect: fail at default_cache_behavior.viewer_protocol_policy
resource "aws_cloudfront_distribution" "plain" {
  enabled = true

  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "bakery"
    viewer_protocol_policy = "allow-all"
  }
}

# expect: pass
resource "aws_cloudfront_distribution" "redirected" {
  enabled = true

  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "bakery"
    viewer_protocol_policy = "redirect-to-https"
  }
}

# expect: fail at ordered_cache_behavior[0].viewer_protocol_policy
resource "aws_cloudfront_distribution" "partly" {
  enabled = true

  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "bakery"
    viewer_protocol_policy = "https-only"
  }

  ordered_cache_behavior {
    path_pattern           = "/menu/*"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "bakery"
    viewer_protocol_policy = "allow-all"
  }
}

variable "protocol" {
  type = string
}

# expect: unknown at default_cache_behavior.viewer_protocol_policy
resource "aws_cloudfront_distribution" "asked" {
  enabled = true

  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "bakery"
    viewer_protocol_policy = var.protocol
  }
}
