# The VPCs that an account is born with.
resource "aws_default_vpc" "central" {}

resource "aws_default_network_acl" "central" {
  default_network_acl_id = aws_default_vpc.central.default_network_acl_id
  lifecycle {
    ignore_changes = [subnet_ids]
  }
}

resource "aws_flow_log" "central" {
  vpc_id               = aws_default_vpc.central.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.logs.arn
}

resource "aws_default_vpc" "west" {
  provider = aws.west
}

resource "aws_default_network_acl" "west" {
  provider               = aws.west
  default_network_acl_id = aws_default_vpc.west.default_network_acl_id
  lifecycle {
    ignore_changes = [subnet_ids]
  }
}

resource "aws_flow_log" "west" {
  provider             = aws.west
  vpc_id               = aws_default_vpc.west.id
  traffic_type         = "REJECT"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.logs.arn
}

resource "aws_vpc" "farm" {
  for_each             = toset(["orchard", "unwatched"])
  cidr_block           = each.key == "orchard" ? "10.1.0.0/16" : "10.2.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_default_network_acl" "farm" {
  for_each               = aws_vpc.farm
  default_network_acl_id = each.value.default_network_acl_id
  lifecycle {
    ignore_changes = [subnet_ids]
  }
}

resource "aws_flow_log" "orchard" {
  vpc_id               = aws_vpc.farm["orchard"].id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.logs.arn
}

resource "aws_subnet" "row" {
  for_each          = { a = 0, b = 1, c = 2 }
  vpc_id            = aws_vpc.farm["orchard"].id
  availability_zone = "eu-central-1${each.key}"
  cidr_block        = cidrsubnet("10.1.0.0/16", 8, each.value)
}

resource "aws_route_table" "row" {
  vpc_id = aws_vpc.farm["orchard"].id
}

resource "aws_route_table_association" "row" {
  for_each       = aws_subnet.row
  subnet_id      = each.value.id
  route_table_id = aws_route_table.row.id
}

resource "aws_internet_gateway" "orchard" {
  vpc_id = aws_vpc.farm["orchard"].id
}

resource "aws_network_acl" "shell" {
  vpc_id = aws_vpc.farm["orchard"].id
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    cidr_block = "0.0.0.0/0"
    from_port  = 22
    to_port    = 22
  }
}

resource "aws_security_group" "inside" {
  for_each    = local.orchards
  name        = "inside-${each.key}"
  description = "Pickers of ${each.key}"
  vpc_id      = aws_vpc.farm["orchard"].id
}

resource "aws_vpc_security_group_ingress_rule" "inside" {
  for_each          = local.orchards
  security_group_id = aws_security_group.inside[each.key].id
  cidr_ipv4         = "10.1.0.0/16"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "inside" {
  for_each          = local.orchards
  security_group_id = aws_security_group.inside[each.key].id
  cidr_ipv4         = "10.1.0.0/16"
  ip_protocol       = "-1"
}

resource "aws_security_group" "open" {
  for_each    = toset(["shell", "desktop", "everything"])
  name        = "open-${each.key}"
  description = "Open to everyone"
  vpc_id      = aws_vpc.farm["orchard"].id
}

resource "aws_vpc_security_group_ingress_rule" "shell" {
  security_group_id = aws_security_group.open["shell"].id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
}

resource "aws_vpc_security_group_ingress_rule" "desktop" {
  security_group_id = aws_security_group.open["desktop"].id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 3380
  to_port           = 3400
}

# All ports of UDP: neither of the other two.
resource "aws_vpc_security_group_ingress_rule" "everything" {
  security_group_id = aws_security_group.open["everything"].id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "udp"
  from_port         = 0
  to_port           = 65535
}
