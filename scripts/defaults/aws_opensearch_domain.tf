resource "aws_opensearch_domain" "plain" {
  domain_name = "orchard"
}

resource "aws_opensearch_domain" "blocks" {
  domain_name = "pears"
  advanced_security_options {
    enabled = true
  }
  cluster_config {
    zone_awareness_config {
    }
  }
  domain_endpoint_options {
  }
  ebs_options {
    ebs_enabled = true
  }
  encrypt_at_rest {
    enabled = true
  }
  log_publishing_options {
    cloudwatch_log_group_arn = "arn:aws:logs:eu-central-1:123456789012:log-group:orchard"
    log_type                 = "INDEX_SLOW_LOGS"
  }
  node_to_node_encryption {
    enabled = true
  }
}

resource "aws_opensearch_domain" "inside" {
  domain_name = "plums"
  vpc_options {
  }
  advanced_security_options {
    enabled                        = true
    internal_user_database_enabled = true
    master_user_options {
    }
  }
  cognito_options {
    identity_pool_id = "eu-central-1:0a1b2c3d"
    role_arn         = "arn:aws:iam::123456789012:role/orchard"
    user_pool_id     = "eu-central-1_Orchard"
  }
  auto_tune_options {
    desired_state = "DISABLED"
  }
}
