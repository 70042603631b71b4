# expect: fail at storage_encrypted
resource "aws_rds_cluster" "plain" {
  cluster_identifier = "bakery-plain"
  engine             = "aurora-postgresql"
  storage_encrypted  = false
}

# expect: pass
resource "aws_rds_cluster" "encrypted" {
  cluster_identifier = "bakery-encrypted"
  engine             = "aurora-postgresql"
  storage_encrypted  = true
}

# expect: pass
resource "aws_rds_cluster" "serverless" {
  cluster_identifier = "bakery-serverless"
  engine             = "aurora-postgresql"
  engine_mode        = "serverless"
}

variable "encrypted" {
  type = bool
}

# expect: unknown at storage_encrypted
resource "aws_rds_cluster" "asked" {
  cluster_identifier = "bakery-asked"
  engine             = "aurora-mysql"
  storage_encrypted  = var.encrypted
}

# It is as encrypted as the snapshot.
# expect: unknown at storage_encrypted
resource "aws_rds_cluster" "restored" {
  cluster_identifier  = "bakery-restored"
  engine              = "aurora-postgresql"
  snapshot_identifier = "bakery-2025-12-24"
}
