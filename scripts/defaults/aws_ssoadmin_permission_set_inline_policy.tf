resource "aws_ssoadmin_permission_set_inline_policy" "plain" {
  inline_policy      = jsonencode({ Version = "2012-10-17", Statement = [] })
  instance_arn       = "arn:aws:sso:::instance/ssoins-0a1b2c3d4e5f6071"
  permission_set_arn = "arn:aws:sso:::permissionSet/ssoins-0a1b2c3d4e5f6071/ps-0a1b2c3d4e5f6071"
}
