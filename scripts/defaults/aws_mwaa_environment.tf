resource "aws_mwaa_environment" "plain" {
  name               = "orchard"
  dag_s3_path        = "dags/"
  execution_role_arn = "arn:aws:iam::123456789012:role/orchard"
  source_bucket_arn  = "arn:aws:s3:::orchard-dags"
  network_configuration {
    security_group_ids = ["sg-0a1b2c3d4e5f60718"]
    subnet_ids         = ["subnet-0a1b2c3d4e5f60718", "subnet-1a1b2c3d4e5f60718"]
  }
  logging_configuration {
    task_logs {
    }
  }
}
