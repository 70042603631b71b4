resource "aws_ecr_replication_configuration" "plain" {
}
