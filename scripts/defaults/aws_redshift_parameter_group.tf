resource "aws_redshift_parameter_group" "plain" {
  name   = "orchard"
  family = "redshift-1.0"
  parameter {
    name  = "require_ssl"
    value = "true"
  }
}

resource "aws_redshift_parameter_group" "bare" {
  name   = "orchard-bare"
  family = "redshift-1.0"
}
