resource "aws_backup_plan" "plain" {
  name = "harvest"
  rule {
    rule_name         = "daily"
    target_vault_name = "harvest"
  }
}
