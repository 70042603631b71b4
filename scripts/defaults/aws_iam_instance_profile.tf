resource "aws_iam_instance_profile" "plain" {
  name = "baker"
}
