resource "aws_elasticache_user_group" "plain" {
  user_group_id = "pickers"
  engine        = "redis"
}
