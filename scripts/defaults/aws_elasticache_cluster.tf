resource "aws_elasticache_cluster" "plain" {
  cluster_id      = "orchard"
  engine          = "memcached"
  node_type       = "cache.t3.micro"
  num_cache_nodes = 1
}

resource "aws_elasticache_cluster" "redis" {
  cluster_id      = "orchard-redis"
  engine          = "redis"
  node_type       = "cache.t3.small"
  num_cache_nodes = 1
}
