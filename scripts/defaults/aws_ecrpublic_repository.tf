resource "aws_ecrpublic_repository" "plain" {
  repository_name = "bakery"
}
