variable "secret" {
  type = string
}

# expect: pass
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
resource "aws_codebuild_project" "key" {
  name         = "orchard-key"
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

    environment_variable {
      name  = "AWS_SECRET_ACCESS_KEY"
      value = var.secret
    }
  }
}

# expect: pass
resource "aws_codebuild_project" "kept" {
  name         = "orchard-kept"
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

    environment_variable {
      name  = "AWS_SECRET_ACCESS_KEY"
      value = "orchard/key"
      type  = "SECRETS_MANAGER"
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

    environment_variable {
      name  = var.secret
      value = "golden"
    }
  }
}
