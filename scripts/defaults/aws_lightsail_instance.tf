resource "aws_lightsail_instance" "plain" {
  name              = "bakery"
  availability_zone = "eu-central-1a"
  blueprint_id      = "ubuntu_24_04"
  bundle_id         = "nano_3_0"
}
