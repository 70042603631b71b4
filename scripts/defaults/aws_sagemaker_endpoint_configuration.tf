resource "aws_sagemaker_endpoint_configuration" "plain" {
  name = "harvest"
  production_variants {
    model_name             = "harvest"
    instance_type          = "ml.t2.medium"
    initial_instance_count = 1
    variant_name           = "apples"
  }
}
