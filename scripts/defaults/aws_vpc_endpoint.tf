resource "aws_vpc_endpoint" "plain" {
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.eu-central-1.s3"
}

resource "aws_vpc_endpoint" "interface" {
  vpc_id            = "vpc-0a1b2c3d4e5f60718"
  service_name      = "com.amazonaws.eu-central-1.kms"
  vpc_endpoint_type = "Interface"
  dns_options {
  }
}

resource "aws_vpc_endpoint" "resource" {
  vpc_id                     = "vpc-1a1b2c3d4e5f60718"
  vpc_endpoint_type          = "Resource"
  resource_configuration_arn = "arn:aws:vpc-lattice:eu-central-1:123456789012:resourceconfiguration/rcfg-0a1b2c3d4e5f60718"
}
