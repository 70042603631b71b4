variable "level" {
  type = string
}

# expect: fail
resource "aws_sfn_state_machine" "unsaid" {
  name       = "orchard-unsaid"
  role_arn   = "arn:aws:iam::111122223333:role/harvester"
  definition = jsonencode({ StartAt = "Press", States = { Press = { Type = "Pass", End = true } } })
}

# expect: fail
resource "aws_sfn_state_machine" "off" {
  name       = "orchard-off"
  role_arn   = "arn:aws:iam::111122223333:role/harvester"
  definition = jsonencode({ StartAt = "Press", States = { Press = { Type = "Pass", End = true } } })

  logging_configuration {
    level           = "OFF"
    log_destination = "arn:aws:logs:eu-west-1:111122223333:log-group:/orchard:*"
  }
}

# expect: pass
resource "aws_sfn_state_machine" "errors" {
  name       = "orchard-errors"
  role_arn   = "arn:aws:iam::111122223333:role/harvester"
  definition = jsonencode({ StartAt = "Press", States = { Press = { Type = "Pass", End = true } } })

  logging_configuration {
    level           = "ERROR"
    log_destination = "arn:aws:logs:eu-west-1:111122223333:log-group:/orchard:*"
  }
}

# expect: unknown
resource "aws_sfn_state_machine" "asked" {
  name       = "orchard-asked"
  role_arn   = "arn:aws:iam::111122223333:role/harvester"
  definition = jsonencode({ StartAt = "Press", States = { Press = { Type = "Pass", End = true } } })

  logging_configuration {
    level           = var.level
    log_destination = "arn:aws:logs:eu-west-1:111122223333:log-group:/orchard:*"
  }
}
