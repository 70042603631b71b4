resource "aws_redshiftserverless_namespace" "plain" {
  namespace_name = "orchard"
}
