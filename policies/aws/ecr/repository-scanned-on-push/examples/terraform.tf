# expect: fail
resource "aws_ecr_repository" "unsaid" {
  name = "bread/unsaid"
}

# expect: fail at image_scanning_configuration.scan_on_push
resource "aws_ecr_repository" "off" {
  name = "bread/off"

  image_scanning_configuration {
    scan_on_push = false
  }
}

# expect: pass
resource "aws_ecr_repository" "scanned" {
  name = "bread/scanned"

  image_scanning_configuration {
    scan_on_push = true
  }
}

variable "scan" {
  type = bool
}

# expect: unknown at image_scanning_configuration.scan_on_push
resource "aws_ecr_repository" "asked" {
  name = "bread/asked"

  image_scanning_configuration {
    scan_on_push = var.scan
  }
}
