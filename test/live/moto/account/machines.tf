resource "aws_kms_key" "seal" {
  for_each            = toset(["turned", "unturned"])
  description         = "seal ${each.key}"
  enable_key_rotation = each.key == "turned"
}

resource "aws_kms_alias" "seal" {
  for_each      = aws_kms_key.seal
  name          = "alias/seal-${each.key}"
  target_key_id = each.value.key_id
}

resource "aws_ebs_volume" "barrel" {
  for_each          = toset(["sealed", "unsealed"])
  availability_zone = "eu-central-1a"
  size              = 8
  encrypted         = each.key == "sealed"
}

resource "aws_ebs_snapshot" "press" {
  volume_id = aws_ebs_volume.barrel["sealed"].id
}

resource "aws_ami" "press" {
  name                = "press"
  virtualization_type = "hvm"
  root_device_name    = "/dev/xvda"
  ebs_block_device {
    device_name = "/dev/xvda"
    snapshot_id = aws_ebs_snapshot.press.id
    volume_size = 8
  }
}

resource "aws_instance" "press" {
  for_each      = toset(["new", "old"])
  ami           = aws_ami.press.id
  instance_type = "t3.micro"
  subnet_id     = aws_subnet.row["a"].id
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = each.key == "new" ? "required" : "optional"
  }
  root_block_device {
    volume_size = 8
    encrypted   = true
  }
}

resource "aws_launch_template" "press" {
  for_each      = toset(["new", "old"])
  name          = "press-${each.key}"
  instance_type = "t3.micro"
  metadata_options {
    http_tokens = each.key == "new" ? "required" : "optional"
  }
}


resource "aws_lambda_function" "sorter" {
  for_each      = toset(["inside", "public"])
  function_name = "sorter-${each.key}"
  role          = aws_iam_role.picker["apple"].arn
  package_type  = "Image"
  image_uri     = "${local.account}.dkr.ecr.eu-central-1.amazonaws.com/sorter:1"
}

resource "aws_lambda_permission" "events" {
  function_name = aws_lambda_function.sorter["inside"].function_name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:eu-central-1:${local.account}:rule/harvest"
}

resource "aws_lambda_permission" "public" {
  function_name = aws_lambda_function.sorter["public"].function_name
  action        = "lambda:InvokeFunction"
  principal     = "*"
}

resource "aws_eks_cluster" "farm" {
  for_each = toset(["inside", "public"])
  name     = "farm-${each.key}"
  role_arn = aws_iam_role.picker["pear"].arn
  vpc_config {
    subnet_ids              = [aws_subnet.row["a"].id, aws_subnet.row["b"].id]
    endpoint_private_access = true
    endpoint_public_access  = each.key == "public"
  }
}

resource "aws_lb" "gate" {
  for_each                   = toset(["strict", "lenient"])
  name                       = "gate-${each.key}"
  internal                   = true
  load_balancer_type         = "application"
  subnets                    = [aws_subnet.row["a"].id, aws_subnet.row["b"].id]
  security_groups            = [aws_security_group.inside["apple"].id]
  drop_invalid_header_fields = each.key == "strict"
}

resource "aws_lb_target_group" "gate" {
  name     = "gate"
  port     = 443
  protocol = "HTTPS"
  vpc_id   = aws_vpc.farm["orchard"].id
}

resource "aws_acm_certificate" "gate" {
  domain_name       = "gate.example.com"
  validation_method = "DNS"
}

resource "aws_lb_listener" "gate" {
  for_each          = { strict = "ELBSecurityPolicy-TLS13-1-2-2021-06", lenient = "ELBSecurityPolicy-2016-08" }
  load_balancer_arn = aws_lb.gate[each.key].arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = each.value
  certificate_arn   = aws_acm_certificate.gate.arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.gate.arn
  }
}
