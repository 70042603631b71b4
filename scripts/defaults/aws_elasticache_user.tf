resource "aws_elasticache_user" "plain" {
  user_id              = "picker"
  user_name            = "picker"
  engine               = "redis"
  access_string        = "on ~* +@all"
  no_password_required = true
}

resource "aws_elasticache_user" "password" {
  user_id       = "sorter"
  user_name     = "sorter"
  engine        = "redis"
  access_string = "on ~* +@all"
  passwords     = ["ripe-apples-are-red"]
}
