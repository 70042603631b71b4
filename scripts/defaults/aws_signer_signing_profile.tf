resource "aws_signer_signing_profile" "plain" {
  platform_id = "AWSLambda-SHA384-ECDSA"
}
