resource "aws_db_proxy" "plain" {
  name           = "orchard"
  engine_family  = "POSTGRESQL"
  role_arn       = "arn:aws:iam::123456789012:role/orchard"
  vpc_subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  auth {
    secret_arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orchard"
  }
}

resource "aws_db_proxy" "other" {
  name           = "orchard-pears"
  engine_family  = "MYSQL"
  role_arn       = "arn:aws:iam::123456789012:role/orchard"
  vpc_subnet_ids = ["subnet-1a1b2c3d4e5f60718"]
  auth {
    username = "picker"
  }
}
