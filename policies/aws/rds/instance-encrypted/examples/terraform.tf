# expect: fail at storage_encrypted
resource "aws_db_instance" "plain" {
  identifier        = "bakery-plain"
  engine            = "postgres"
  instance_class    = "db.t3.medium"
  storage_encrypted = false
}

# expect: fail
resource "aws_db_instance" "unsaid" {
  identifier     = "bakery-unsaid"
  engine         = "postgres"
  instance_class = "db.t3.medium"
}

# expect: pass
resource "aws_db_instance" "encrypted" {
  identifier        = "bakery-encrypted"
  engine            = "postgres"
  instance_class    = "db.t3.medium"
  storage_encrypted = true
}

# expect: skip
resource "aws_db_instance" "replica" {
  identifier          = "bakery-replica"
  instance_class      = "db.t3.medium"
  replicate_source_db = aws_db_instance.encrypted.identifier
}

variable "encrypted" {
  type = bool
}

# expect: unknown at storage_encrypted
resource "aws_db_instance" "asked" {
  identifier        = "bakery-asked"
  engine            = "postgres"
  instance_class    = "db.t3.medium"
  storage_encrypted = var.encrypted
}

# It is as encrypted as the snapshot.
# expect: unknown at storage_encrypted
resource "aws_db_instance" "restored" {
  identifier          = "bakery-restored"
  instance_class      = "db.t3.medium"
  snapshot_identifier = "bakery-2025-12-24"
}
