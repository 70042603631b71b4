resource "aws_codepipeline" "plain" {
  name     = "bread"
  role_arn = "arn:aws:iam::123456789012:role/bakery"
  artifact_store {
    location = "bakery"
    type     = "S3"
  }
  stage {
    name = "Mix"
    action {
      name             = "Flour"
      category         = "Source"
      owner            = "AWS"
      provider         = "CodeCommit"
      version          = "1"
      output_artifacts = ["flour"]
    }
  }
  stage {
    name = "Bake"
    action {
      name            = "Oven"
      category        = "Build"
      owner           = "AWS"
      provider        = "CodeBuild"
      version         = "1"
      input_artifacts = ["flour"]
    }
  }
}
