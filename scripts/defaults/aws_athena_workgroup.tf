resource "aws_athena_workgroup" "plain" {
  name = "harvest"
  configuration {
  }
}
