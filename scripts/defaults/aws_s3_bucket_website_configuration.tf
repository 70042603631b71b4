resource "aws_s3_bucket_website_configuration" "plain" {
  bucket = "orchard-apples"
  index_document {
    suffix = "index.html"
  }
  routing_rule {
    condition {
      key_prefix_equals = "apples/"
    }
    redirect {
      replace_key_prefix_with = "pears/"
    }
  }
}
