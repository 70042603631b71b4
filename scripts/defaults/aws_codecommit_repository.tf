resource "aws_codecommit_repository" "plain" {
  repository_name = "recipes"
}
