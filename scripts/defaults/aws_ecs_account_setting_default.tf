resource "aws_ecs_account_setting_default" "plain" {
  name  = "containerInsights"
  value = "enabled"
}
