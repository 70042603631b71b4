resource "aws_directory_service_directory" "plain" {
  name     = "bakery.example"
  password = "Ripe-apples1"
  size     = "Small"
  vpc_settings {
    subnet_ids = ["subnet-0a1b2c3d4e5f60718", "subnet-1a1b2c3d4e5f60718"]
    vpc_id     = "vpc-0a1b2c3d4e5f60718"
  }
}
