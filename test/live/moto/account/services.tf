resource "aws_sqs_queue" "crates" {
  for_each = toset(["inside", "public"])
  name     = "crates-${each.key}"
}

resource "aws_sqs_queue_policy" "crates" {
  for_each  = aws_sqs_queue.crates
  queue_url = each.value.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = each.value.arn, Principal = { AWS = each.key == "public" ? "*" : "arn:aws:iam::${local.account}:root" } }]
  })
}

resource "aws_sns_topic" "bells" {
  for_each = toset(["inside", "public"])
  name     = "bells-${each.key}"
}

resource "aws_sns_topic_policy" "bells" {
  for_each = aws_sns_topic.bells
  arn      = each.value.arn
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sns:Publish", Resource = each.value.arn, Principal = { AWS = each.key == "public" ? "*" : "arn:aws:iam::${local.account}:root" } }]
  })
}

resource "aws_secretsmanager_secret" "recipe" {
  name = "recipe"
}

resource "aws_cloudwatch_log_group" "orchard" {
  for_each = local.orchards
  name     = "/orchard/${each.key}"
}

resource "aws_ssm_parameter" "yield" {
  for_each = local.orchards
  name     = "/yield/${each.key}"
  type     = "String"
  value    = "12 crates"
}

# One trail only: moto gives all of them to who asks for one. It is not logging: the provider starts it by its ARN, which
# moto does not understand.
resource "aws_cloudtrail" "footsteps" {
  name                          = "footsteps"
  s3_bucket_name                = aws_s3_bucket.logs.id
  enable_logging                = false
  is_multi_region_trail         = false
  include_global_service_events = false
  enable_log_file_validation    = false
  depends_on                    = [aws_s3_bucket_policy.logs]
}

# One instance a region: moto gives all of them one resource id, and the provider reads them back by it.
resource "aws_db_instance" "books" {
  identifier          = "books"
  engine              = "postgres"
  instance_class      = "db.t3.micro"
  allocated_storage   = 20
  username            = "keeper"
  password            = "not-a-real-password"
  storage_encrypted   = true
  publicly_accessible = true
  skip_final_snapshot = true
}

resource "aws_db_instance" "ledgers" {
  provider            = aws.west
  identifier          = "ledgers"
  engine              = "postgres"
  instance_class      = "db.t3.micro"
  allocated_storage   = 20
  username            = "keeper"
  password            = "not-a-real-password"
  storage_encrypted   = false
  publicly_accessible = false
  skip_final_snapshot = true
}

resource "aws_rds_cluster" "archive" {
  for_each            = toset(["sealed", "unsealed"])
  cluster_identifier  = "archive-${each.key}"
  engine              = "aurora-postgresql"
  master_username     = "keeper"
  master_password     = "not-a-real-password"
  storage_encrypted   = each.key == "sealed"
  skip_final_snapshot = true
}
