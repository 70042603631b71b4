# expect: skip
resource "aws_iam_server_certificate" "old" {
  name             = "old"
  certificate_body = file("old.pem")
  private_key      = file("old.key")
}
