variable "plain" {
  type = bool
}

# expect: skip
resource "aws_codebuild_project" "none" {
  name         = "orchard-none"
  service_role = "arn:aws:iam::111122223333:role/builder"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/orchard/cider.git"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }
}

# expect: fail
resource "aws_codebuild_project" "plain" {
  name         = "orchard-plain"
  service_role = "arn:aws:iam::111122223333:role/builder"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/orchard/cider.git"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  logs_config {
    s3_logs {
      status              = "ENABLED"
      location            = "logs/builds"
      encryption_disabled = true
    }
  }
}

# expect: pass
resource "aws_codebuild_project" "encrypted" {
  name         = "orchard-encrypted"
  service_role = "arn:aws:iam::111122223333:role/builder"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/orchard/cider.git"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  logs_config {
    s3_logs {
      status              = "ENABLED"
      location            = "logs/builds"
      encryption_disabled = false
    }
  }
}

# expect: unknown
resource "aws_codebuild_project" "asked" {
  name         = "orchard-asked"
  service_role = "arn:aws:iam::111122223333:role/builder"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/orchard/cider.git"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  logs_config {
    s3_logs {
      status              = "ENABLED"
      location            = "logs/builds"
      encryption_disabled = var.plain
    }
  }
}
