resource "aws_ssoadmin_permission_set" "plain" {
  name         = "baker"
  instance_arn = "arn:aws:sso:::instance/ssoins-0a1b2c3d4e5f6071"
}
