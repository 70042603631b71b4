resource "aws_lambda_code_signing_config" "plain" {
  allowed_publishers {
    signing_profile_version_arns = ["arn:aws:signer:eu-central-1:123456789012:/signing-profiles/orchard/abc"]
  }
}
