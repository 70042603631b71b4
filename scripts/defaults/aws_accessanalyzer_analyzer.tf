resource "aws_accessanalyzer_analyzer" "plain" {
  analyzer_name = "bakery"
}
