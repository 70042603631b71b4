resource "aws_efs_file_system" "plain" {
  creation_token = "orchard"
}

resource "aws_efs_file_system" "lifecycle" {
  creation_token = "frost"
  encrypted      = true
  lifecycle_policy {
    transition_to_ia = "AFTER_30_DAYS"
  }
}

resource "aws_efs_file_system" "archive" {
  creation_token = "dew"
  lifecycle_policy {
    transition_to_archive = "AFTER_90_DAYS"
  }
}
