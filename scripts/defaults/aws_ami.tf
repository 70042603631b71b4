resource "aws_ami" "plain" {
  name             = "bakery"
  root_device_name = "/dev/xvda"
}

resource "aws_ami" "blocks" {
  name             = "bakery-blocks"
  root_device_name = "/dev/sda1"
  ebs_block_device {
    device_name = "/dev/sda1"
    snapshot_id = "snap-0a1b2c3d4e5f60718"
  }
  ephemeral_block_device {
    device_name  = "/dev/sdg"
    virtual_name = "ephemeral0"
  }
}

resource "aws_ami" "rootless" {
  name = "bakery-rootless"
}
