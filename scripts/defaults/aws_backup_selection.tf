resource "aws_backup_selection" "plain" {
  iam_role_arn = "arn:aws:iam::123456789012:role/orchard"
  name         = "harvest"
  plan_id      = "harvest"
  resources    = ["arn:aws:dynamodb:eu-central-1:123456789012:table/orchard"]
}

resource "aws_backup_selection" "tagged" {
  iam_role_arn = "arn:aws:iam::123456789012:role/orchard"
  name         = "frost"
  plan_id      = "harvest"
  selection_tag {
    type  = "STRINGEQUALS"
    key   = "orchard"
    value = "yes"
  }
}
