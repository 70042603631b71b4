resource "aws_transfer_server" "plain" {
}
