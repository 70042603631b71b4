resource "aws_rolesanywhere_profile" "plain" {
  name      = "baker"
  role_arns = ["arn:aws:iam::123456789012:role/baker"]
}
