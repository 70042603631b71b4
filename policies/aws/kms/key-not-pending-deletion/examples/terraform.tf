# expect: skip
resource "aws_kms_key" "recipes" {
  description = "recipes"
}
