resource "aws_backup_vault_policy" "plain" {
  backup_vault_name = "harvest"
  policy            = jsonencode({ Version = "2012-10-17", Statement = [] })
}
