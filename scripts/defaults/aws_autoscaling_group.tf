resource "aws_autoscaling_group" "plain" {
  min_size             = 1
  max_size             = 3
  launch_configuration = "bakery"
  availability_zones   = ["eu-central-1a"]
}

resource "aws_autoscaling_group" "blocks" {
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = ["subnet-0a1b2c3d4e5f60718"]
  launch_template {
    id = "lt-0a1b2c3d4e5f60718"
  }
  tag {
    key                 = "shop"
    value               = "bakery"
    propagate_at_launch = true
  }
  warm_pool {
  }
  instance_refresh {
    strategy = "Rolling"
    preferences {
    }
  }
}
