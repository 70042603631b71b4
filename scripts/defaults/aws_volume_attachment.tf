resource "aws_volume_attachment" "plain" {
  device_name = "/dev/sdf"
  instance_id = "i-0a1b2c3d4e5f60718"
  volume_id   = "vol-0a1b2c3d4e5f60718"
}
