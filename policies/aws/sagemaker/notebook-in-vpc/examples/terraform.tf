variable "has_subnet" {
  type = bool
}

# expect: fail
resource "aws_sagemaker_notebook_instance" "outside" {
  name          = "orchard-outside"
  role_arn      = "arn:aws:iam::111122223333:role/taster"
  instance_type = "ml.t3.medium"
}

# expect: pass
resource "aws_sagemaker_notebook_instance" "inside" {
  name          = "orchard-inside"
  role_arn      = "arn:aws:iam::111122223333:role/taster"
  instance_type = "ml.t3.medium"
  subnet_id     = "subnet-0aa11bb22cc33dd44"
}

# expect: unknown
resource "aws_sagemaker_notebook_instance" "asked" {
  name          = "orchard-asked"
  role_arn      = "arn:aws:iam::111122223333:role/taster"
  instance_type = "ml.t3.medium"
  subnet_id     = var.has_subnet ? "subnet-0aa11bb22cc33dd44" : null
}
