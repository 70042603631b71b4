resource "aws_iam_role_policies_exclusive" "plain" {
  role_name    = "baker"
  policy_names = ["bake"]
}
