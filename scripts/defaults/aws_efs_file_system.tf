resource "aws_efs_file_system" "plain" {
  creation_token = "orchard"
}
