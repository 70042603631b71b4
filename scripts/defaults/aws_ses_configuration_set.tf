resource "aws_ses_configuration_set" "plain" {
  name = "bakery"
  delivery_options {
  }
}
