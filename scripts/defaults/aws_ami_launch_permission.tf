resource "aws_ami_launch_permission" "plain" {
  image_id = "ami-0a1b2c3d4e5f60718"
  group    = "all"
}

resource "aws_ami_launch_permission" "account" {
  image_id   = "ami-0a1b2c3d4e5f60718"
  account_id = "123456789012"
}
