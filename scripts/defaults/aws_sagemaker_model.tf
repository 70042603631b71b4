resource "aws_sagemaker_model" "plain" {
  name               = "harvest"
  execution_role_arn = "arn:aws:iam::123456789012:role/orchard"
  primary_container {
    image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/harvest:1"
  }
}
