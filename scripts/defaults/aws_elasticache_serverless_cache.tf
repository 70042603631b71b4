resource "aws_elasticache_serverless_cache" "plain" {
  name   = "orchard"
  engine = "valkey"
}
