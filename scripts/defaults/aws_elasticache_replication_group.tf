resource "aws_elasticache_replication_group" "plain" {
  replication_group_id = "orchard"
  description          = "apples"
  node_type            = "cache.t3.micro"
  num_cache_clusters   = 2
}

resource "aws_elasticache_replication_group" "valkey" {
  replication_group_id    = "orchard-pears"
  description             = "pears"
  engine                  = "valkey"
  node_type               = "cache.t3.small"
  replicas_per_node_group = 1
  num_node_groups         = 2
}

resource "aws_elasticache_replication_group" "failover" {
  replication_group_id       = "orchard-plums"
  description                = "plums"
  automatic_failover_enabled = true
  num_cache_clusters         = 3
}
