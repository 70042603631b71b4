resource "aws_ebs_volume" "plain" {
  availability_zone = "eu-central-1a"
  size              = 20
}

resource "aws_ebs_volume" "snapshot" {
  availability_zone = "eu-central-1b"
  snapshot_id       = "snap-0a1b2c3d4e5f60718"
}

resource "aws_ebs_volume" "gp3" {
  availability_zone = "eu-central-1c"
  size              = 30
  type              = "gp3"
}
