terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region                      = "eu-central-1"
  s3_use_path_style           = true
  skip_metadata_api_check     = true
  skip_credentials_validation = true
}

provider "aws" {
  alias                       = "west"
  region                      = "eu-west-1"
  s3_use_path_style           = true
  skip_metadata_api_check     = true
  skip_credentials_validation = true
}

data "aws_caller_identity" "current" {}

locals {
  account = data.aws_caller_identity.current.account_id
  orchards = toset([
    "apple", "apricot", "cherry", "damson", "fig", "medlar", "mulberry", "pear", "plum", "quince",
  ])
}
