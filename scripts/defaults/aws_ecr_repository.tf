resource "aws_ecr_repository" "plain" {
  name = "bakery"
}

resource "aws_ecr_repository" "blocks" {
  name = "bakery/rye"
  encryption_configuration {
  }
  image_scanning_configuration {
    scan_on_push = true
  }
}
