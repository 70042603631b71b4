resource "aws_ami_from_instance" "plain" {
  name               = "bakery"
  source_instance_id = "i-0a1b2c3d4e5f60718"
}
