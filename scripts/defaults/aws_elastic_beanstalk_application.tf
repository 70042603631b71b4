resource "aws_elastic_beanstalk_application" "plain" {
  name = "orchard"
}
