resource "aws_elastic_beanstalk_environment" "plain" {
  name        = "harvest"
  application = "orchard"
  setting {
    namespace = "aws:autoscaling:asg"
    name      = "MinSize"
    value     = "1"
  }
}
