resource "aws_dynamodb_table" "plain" {
  name         = "orchard"
  hash_key     = "tree"
  billing_mode = "PAY_PER_REQUEST"
  attribute {
    name = "tree"
    type = "S"
  }
  server_side_encryption {
    enabled = true
  }
  point_in_time_recovery {
    enabled = true
  }
}

resource "aws_dynamodb_table" "provisioned" {
  name           = "orchard-pears"
  hash_key       = "tree"
  read_capacity  = 1
  write_capacity = 1
  attribute {
    name = "tree"
    type = "S"
  }
  ttl {
    attribute_name = "ripe_until"
    enabled        = true
  }
}

resource "aws_dynamodb_table" "ttl" {
  name         = "orchard-plums"
  hash_key     = "tree"
  billing_mode = "PAY_PER_REQUEST"
  attribute {
    name = "tree"
    type = "S"
  }
  ttl {
  }
  replica {
    region_name = "eu-west-1"
  }
}

resource "aws_dynamodb_table" "indexed" {
  name         = "orchard-cherries"
  hash_key     = "tree"
  billing_mode = "PAY_PER_REQUEST"
  attribute {
    name = "tree"
    type = "S"
  }
  global_secondary_index {
    name            = "rows"
    hash_key        = "tree"
    projection_type = "ALL"
  }
}
