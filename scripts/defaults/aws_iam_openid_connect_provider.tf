resource "aws_iam_openid_connect_provider" "plain" {
  url            = "https://bakery.example"
  client_id_list = ["bread"]
}
