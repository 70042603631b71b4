resource "aws_ssm_association" "plain" {
  name = "AWS-RunPatchBaseline"
}
