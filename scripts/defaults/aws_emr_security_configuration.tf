resource "aws_emr_security_configuration" "plain" {
  configuration = "{}"
}
