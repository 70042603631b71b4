resource "aws_qldb_ledger" "plain" {
  name             = "harvest"
  permissions_mode = "STANDARD"
}
