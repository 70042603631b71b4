variable "status" {
  type = string
}

# expect: pass
resource "aws_codebuild_project" "unsaid" {
  name         = "orchard-unsaid"
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
resource "aws_codebuild_project" "off" {
  name         = "orchard-off"
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
    cloudwatch_logs {
      status = "DISABLED"
    }
  }
}

# expect: pass
resource "aws_codebuild_project" "on" {
  name         = "orchard-on"
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
    cloudwatch_logs {
      status = "ENABLED"
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
    cloudwatch_logs {
      status = var.status
    }
  }
}
