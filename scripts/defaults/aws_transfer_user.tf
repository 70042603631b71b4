resource "aws_transfer_user" "plain" {
  server_id = "s-0a1b2c3d4e5f60718"
  user_name = "picker"
  role      = "arn:aws:iam::123456789012:role/orchard"
}
