resource "aws_batch_job_definition" "plain" {
  name                 = "bake"
  type                 = "container"
  container_properties = jsonencode({ image = "oven:1", command = ["bake"], vcpus = 1, memory = 512 })
}
