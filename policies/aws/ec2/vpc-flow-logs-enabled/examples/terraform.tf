# expect: fail
resource "aws_vpc" "silent" {
  cidr_block = "10.1.0.0/16"
}

# expect: pass
resource "aws_vpc" "recorded" {
  cidr_block = "10.2.0.0/16"
}

resource "aws_flow_log" "recorded" {
  vpc_id          = aws_vpc.recorded.id
  traffic_type    = "ALL"
  log_destination = "arn:aws:s3:::orchard-logs"
}

# expect: fail
resource "aws_vpc" "accepted" {
  cidr_block = "10.3.0.0/16"
}

resource "aws_flow_log" "accepted" {
  vpc_id          = aws_vpc.accepted.id
  traffic_type    = "ACCEPT"
  log_destination = "arn:aws:s3:::orchard-logs"
}

variable "traffic" {
  type = string
}

# expect: unknown
resource "aws_vpc" "asked" {
  cidr_block = "10.4.0.0/16"
}

resource "aws_flow_log" "asked" {
  vpc_id          = aws_vpc.asked.id
  traffic_type    = var.traffic
  log_destination = "arn:aws:s3:::orchard-logs"
}
