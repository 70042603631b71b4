resource "aws_iam_role" "plain" {
  name               = "baker"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_iam_role" "inline" {
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
  inline_policy {
  }
}
