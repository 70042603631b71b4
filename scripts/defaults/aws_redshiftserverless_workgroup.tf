resource "aws_redshiftserverless_workgroup" "plain" {
  workgroup_name = "orchard"
  namespace_name = "orchard"
}
