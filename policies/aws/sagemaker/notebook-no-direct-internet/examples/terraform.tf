# expect: fail
resource "aws_sagemaker_notebook_instance" "unsaid" {
  name          = "orchard-unsaid"
  role_arn      = "arn:aws:iam::111122223333:role/taster"
  instance_type = "ml.t3.medium"
  subnet_id     = "subnet-0aa11bb22cc33dd44"
}

# expect: fail
resource "aws_sagemaker_notebook_instance" "open" {
  name          = "orchard-open"
  role_arn      = "arn:aws:iam::111122223333:role/taster"
  instance_type = "ml.t3.medium"
  subnet_id     = "subnet-0aa11bb22cc33dd44"

  direct_internet_access = "Enabled"
}

# expect: pass
resource "aws_sagemaker_notebook_instance" "closed" {
  name          = "orchard-closed"
  role_arn      = "arn:aws:iam::111122223333:role/taster"
  instance_type = "ml.t3.medium"
  subnet_id     = "subnet-0aa11bb22cc33dd44"

  direct_internet_access = "Disabled"
}

variable "direct_internet_access" {
  type = string
}

# expect: unknown
resource "aws_sagemaker_notebook_instance" "asked" {
  name          = "orchard-asked"
  role_arn      = "arn:aws:iam::111122223333:role/taster"
  instance_type = "ml.t3.medium"
  subnet_id     = "subnet-0aa11bb22cc33dd44"

  direct_internet_access = var.direct_internet_access
}
