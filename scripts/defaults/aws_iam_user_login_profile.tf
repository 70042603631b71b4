resource "aws_iam_user_login_profile" "plain" {
  user = "baker"
}
