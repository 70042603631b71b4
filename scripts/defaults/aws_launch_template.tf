resource "aws_launch_template" "plain" {
  name = "bakery"
}

resource "aws_launch_template" "blocks" {
  name = "bakery-blocks"
  block_device_mappings {
    device_name = "/dev/sda1"
    ebs {
      volume_size = 20
    }
  }
  capacity_reservation_specification {
  }
  cpu_options {
  }
  credit_specification {
  }
  enclave_options {
  }
  hibernation_options {
    configured = true
  }
  iam_instance_profile {
    name = "baker"
  }
  instance_market_options {
  }
  maintenance_options {
  }
  metadata_options {
  }
  monitoring {
  }
  network_interfaces {
    device_index = 0
  }
  placement {
    tenancy = "default"
  }
  private_dns_name_options {
  }
  tag_specifications {
    resource_type = "instance"
  }
}
