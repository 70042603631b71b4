resource "aws_s3_bucket_request_payment_configuration" "plain" {
  bucket = "orchard-apples"
  payer  = "Requester"
}
