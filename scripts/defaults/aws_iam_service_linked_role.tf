resource "aws_iam_service_linked_role" "plain" {
  aws_service_name = "elasticbeanstalk.amazonaws.com"
}
