resource "aws_lambda_provisioned_concurrency_config" "plain" {
  function_name                     = "pick"
  provisioned_concurrent_executions = 2
  qualifier                         = "1"
}
