resource "aws_config_configuration_aggregator" "account" {
  name = "account"
  account_aggregation_source { # expect: fail
    account_ids = ["111122223333"]
    regions     = ["eu-west-1"]
  }
}
