resource "aws_launch_configuration" "plain" {
  image_id      = "ami-0a1b2c3d4e5f60718"
  instance_type = "t3.micro"
}

resource "aws_launch_configuration" "blocks" {
  image_id      = "ami-1a1b2c3d4e5f60718"
  instance_type = "m5.large"
  root_block_device {
  }
  ebs_block_device {
    device_name = "/dev/sdf"
  }
  ephemeral_block_device {
    device_name  = "/dev/sdg"
    virtual_name = "ephemeral0"
  }
  metadata_options {
  }
}
