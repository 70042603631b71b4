# expect: fail at publicly_accessible
resource "aws_redshift_cluster" "open" {
  cluster_identifier  = "bakery-open"
  node_type           = "ra3.large"
  publicly_accessible = true
}

# expect: pass
resource "aws_redshift_cluster" "inside" {
  cluster_identifier  = "bakery-inside"
  node_type           = "ra3.large"
  publicly_accessible = false
}

variable "open" {
  type = bool
}

# expect: unknown at publicly_accessible
resource "aws_redshift_cluster" "asked" {
  cluster_identifier  = "bakery-asked"
  node_type           = "ra3.large"
  publicly_accessible = var.open
}

# expect: unknown
resource "aws_redshift_cluster" "unsaid" {
  cluster_identifier = "bakery-unsaid"
  node_type          = "ra3.large"
}
