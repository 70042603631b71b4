resource "aws_emr_cluster" "plain" {
  name          = "harvest"
  release_label = "emr-7.0.0"
  service_role  = "arn:aws:iam::123456789012:role/orchard"
  ec2_attributes {
    instance_profile = "orchard"
  }
  master_instance_group {
    instance_type = "m5.large"
  }
  core_instance_group {
    instance_type = "m5.large"
  }
}
