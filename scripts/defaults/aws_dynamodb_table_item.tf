resource "aws_dynamodb_table_item" "plain" {
  table_name = "orchard"
  hash_key   = "tree"
  item       = jsonencode({ tree = { S = "apple" } })
}
