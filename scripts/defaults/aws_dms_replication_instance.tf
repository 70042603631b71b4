resource "aws_dms_replication_instance" "plain" {
  replication_instance_id    = "harvest"
  replication_instance_class = "dms.t3.micro"
}
