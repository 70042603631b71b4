resource "aws_ec2_instance_metadata_defaults" "plain" {
  http_tokens = "required"
}

resource "aws_ec2_instance_metadata_defaults" "other" {
  http_put_response_hop_limit = 2
}
