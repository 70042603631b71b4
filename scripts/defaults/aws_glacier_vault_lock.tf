resource "aws_glacier_vault_lock" "plain" {
  vault_name    = "harvest"
  complete_lock = true
  policy        = jsonencode({ Version = "2012-10-17", Statement = [] })
}
