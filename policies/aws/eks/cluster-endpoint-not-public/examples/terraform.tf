# expect: fail
resource "aws_eks_cluster" "unsaid" {
  name     = "orchard-unsaid"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids = ["subnet-0aa11bb22cc33dd44"]
  }
}

# expect: fail
resource "aws_eks_cluster" "open" {
  name     = "orchard-open"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids             = ["subnet-0aa11bb22cc33dd44"]
    endpoint_public_access = true
    public_access_cidrs    = ["0.0.0.0/0"]
  }
}

# expect: pass
resource "aws_eks_cluster" "inside" {
  name     = "orchard-inside"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids              = ["subnet-0aa11bb22cc33dd44"]
    endpoint_private_access = true
    endpoint_public_access  = false
  }
}

# expect: pass
resource "aws_eks_cluster" "office" {
  name     = "orchard-office"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids          = ["subnet-0aa11bb22cc33dd44"]
    public_access_cidrs = ["198.51.100.0/24"]
  }
}

variable "addresses" {
  type = list(string)
}

# expect: unknown
resource "aws_eks_cluster" "asked" {
  name     = "orchard-asked"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids          = ["subnet-0aa11bb22cc33dd44"]
    public_access_cidrs = var.addresses
  }
}
