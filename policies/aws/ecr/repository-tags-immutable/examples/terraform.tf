# expect: fail
resource "aws_ecr_repository" "unsaid" {
  name = "bread/unsaid"
}

# expect: fail at image_tag_mutability
resource "aws_ecr_repository" "mutable" {
  name                 = "bread/mutable"
  image_tag_mutability = "MUTABLE"
}

# expect: pass
resource "aws_ecr_repository" "immutable" {
  name                 = "bread/immutable"
  image_tag_mutability = "IMMUTABLE"
}

variable "mutability" {
  type = string
}

# expect: unknown at image_tag_mutability
resource "aws_ecr_repository" "asked" {
  name                 = "bread/asked"
  image_tag_mutability = var.mutability
}

# expect: fail at image_tag_mutability
resource "aws_ecr_repository" "released" {
  name                 = "bread/released"
  image_tag_mutability = "MUTABLE_WITH_EXCLUSION"

  image_tag_mutability_exclusion_filter {
    filter      = "v*"
    filter_type = "WILDCARD"
  }
}

# expect: pass
resource "aws_ecr_repository" "moving" {
  name                 = "bread/moving"
  image_tag_mutability = "IMMUTABLE_WITH_EXCLUSION"

  image_tag_mutability_exclusion_filter {
    filter      = "latest*"
    filter_type = "WILDCARD"
  }
}
