resource "aws_iam_service_specific_credential" "plain" {
  service_name = "codecommit.amazonaws.com"
  user_name    = "baker"
}
