resource "aws_backup_vault" "plain" {
  name = "harvest"
}
