resource "aws_instance" "plain" {
  ami           = "ami-0a1b2c3d4e5f60718"
  instance_type = "t3.micro"
}

resource "aws_instance" "blocks" {
  ami           = "ami-1a1b2c3d4e5f60718"
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
  credit_specification {
  }
  enclave_options {
  }
  maintenance_options {
  }
  private_dns_name_options {
  }
  capacity_reservation_specification {
    capacity_reservation_preference = "open"
  }
  cpu_options {
  }
  launch_template {
    id = "lt-0a1b2c3d4e5f60718"
  }
}

resource "aws_instance" "interface" {
  ami           = "ami-2a1b2c3d4e5f60718"
  instance_type = "m5.xlarge"
  instance_market_options {
    spot_options {
    }
  }
  network_interface {
    device_index         = 0
    network_interface_id = "eni-0a1b2c3d4e5f60718"
  }
}
