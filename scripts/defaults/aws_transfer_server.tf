resource "aws_transfer_server" "plain" {
}

resource "aws_transfer_server" "inside" {
  endpoint_type = "VPC"
  endpoint_details {
    vpc_id = "vpc-0a1b2c3d4e5f60718"
  }
}
