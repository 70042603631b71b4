# expect: fail at domain_endpoint_options.enforce_https
resource "aws_opensearch_domain" "plain" {
  domain_name = "orchard-plain"

  domain_endpoint_options {
    enforce_https = false
  }
}

# expect: pass
resource "aws_elasticsearch_domain" "enforced" {
  domain_name = "orchard-enforced"

  domain_endpoint_options {
    enforce_https = true
  }
}

variable "enforce" {
  type = bool
}

# expect: unknown at domain_endpoint_options.enforce_https
resource "aws_opensearch_domain" "asked" {
  domain_name = "orchard-asked"

  domain_endpoint_options {
    enforce_https = var.enforce
  }
}
