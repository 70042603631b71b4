resource "aws_key_pair" "plain" {
  key_name   = "baker"
  public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGtlYmFrZXJrZXliYWtlcmtleWJha2Vya2V5YmFrZXIx baker"
}
