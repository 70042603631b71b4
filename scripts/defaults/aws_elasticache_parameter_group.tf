resource "aws_elasticache_parameter_group" "plain" {
  name   = "orchard"
  family = "redis7"
}
