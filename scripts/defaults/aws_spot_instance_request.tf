resource "aws_spot_instance_request" "plain" {
  ami           = "ami-0a1b2c3d4e5f60718"
  instance_type = "t3.micro"
}

resource "aws_spot_instance_request" "interface" {
  ami           = "ami-2a1b2c3d4e5f60718"
  instance_type = "m5.xlarge"
  network_interface {
    device_index         = 0
    network_interface_id = "eni-0a1b2c3d4e5f60718"
  }
}
