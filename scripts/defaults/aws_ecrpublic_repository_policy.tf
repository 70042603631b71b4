resource "aws_ecrpublic_repository_policy" "plain" {
  repository_name = "bakery"
  policy          = jsonencode({ Version = "2012-10-17", Statement = [] })
}
