resource "aws_ssm_document" "plain" {
  name          = "harvest"
  document_type = "Command"
  content       = "{}"
}
