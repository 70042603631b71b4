resource "aws_ssoadmin_managed_policy_attachment" "plain" {
  managed_policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
  instance_arn       = "arn:aws:sso:::instance/ssoins-0a1b2c3d4e5f6071"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-0a1b2c3d4e5f6071/ps-0a1b2c3d4e5f6071"
}
