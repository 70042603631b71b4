resource "aws_flow_log" "plain" {
  vpc_id          = "vpc-0a1b2c3d4e5f60718"
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:eu-central-1:123456789012:log-group:orchard"
  iam_role_arn    = "arn:aws:iam::123456789012:role/orchard"
}

resource "aws_flow_log" "bucket" {
  subnet_id            = "subnet-0a1b2c3d4e5f60718"
  traffic_type         = "REJECT"
  log_destination      = "arn:aws:s3:::orchard-logs"
  log_destination_type = "s3"
  destination_options {
  }
}

resource "aws_flow_log" "gateway" {
  transit_gateway_id       = "tgw-0a1b2c3d4e5f60718"
  log_destination          = "arn:aws:s3:::orchard-logs"
  log_destination_type     = "s3"
  max_aggregation_interval = 60
}
