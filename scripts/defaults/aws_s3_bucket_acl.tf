resource "aws_s3_bucket_acl" "plain" {
  bucket = "orchard-apples"
  acl    = "private"
}

resource "aws_s3_bucket_acl" "policy" {
  bucket = "orchard-pears"
  access_control_policy {
    owner {
      id = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"
    }
    grant {
      permission = "READ"
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/s3/LogDelivery"
      }
    }
  }
}
