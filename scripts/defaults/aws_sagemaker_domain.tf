resource "aws_sagemaker_domain" "plain" {
  domain_name = "orchard"
  auth_mode   = "IAM"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
  subnet_ids  = ["subnet-0a1b2c3d4e5f60718"]
  default_user_settings {
    execution_role = "arn:aws:iam::123456789012:role/orchard"
  }
}
