resource "aws_athena_workgroup" "plain" {
  name = "harvest"
  configuration {
  }
}

resource "aws_athena_workgroup" "result" {
  name = "frost"
  configuration {
    result_configuration {
      output_location = "s3://orchard-frost"
      encryption_configuration {
      }
    }
  }
}

resource "aws_athena_workgroup" "elsewhere" {
  name = "dew"
  configuration {
    result_configuration {
      expected_bucket_owner = "123456789012"
    }
  }
}

resource "aws_athena_workgroup" "bare" {
  name = "orchard-bare"
}
