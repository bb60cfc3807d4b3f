"""Trails, logs, alarms, records and detectors."""

from collections.abc import Mapping
from typing import Final

from muniment.parsers.cloudformation.entries import Block, Kind, Read
from muniment.parsers.cloudformation.translations import number, tags

_FIELDS: Final = Block("FieldSelectors", {"equals": "", "field": "", "not_equals": "", "starts_with": ""})

KINDS: Final[Mapping[str, Kind]] = {
    "AWS::CloudTrail::Trail": Kind(
        "aws_cloudtrail",
        {
            "cloud_watch_logs_group_arn": "CloudWatchLogsLogGroupArn",
            "enable_log_file_validation": "",
            "enable_logging": "IsLogging",
            "advanced_event_selector": Block("AdvancedEventSelectors", {"field_selector": _FIELDS, "name": ""}),
            "event_selector": Block(
                "EventSelectors",
                {
                    "data_resource": Block("DataResources", {"type": "", "values": ""}),
                    "include_management_events": "",
                    "read_write_type": "",
                },
            ),
            "include_global_service_events": "",
            "is_multi_region_trail": "",
            "kms_key_id": "",
            "name": "TrailName",
            "s3_bucket_name": "S3BucketName",
            "sns_topic_name": "",
            "tags": Read("Tags", tags),
        },
    ),
    "AWS::CloudTrail::EventDataStore": Kind("aws_cloudtrail_event_data_store", {"kms_key_id": "", "name": ""}),
    "AWS::Logs::LogGroup": Kind(
        "aws_cloudwatch_log_group",
        {
            "kms_key_id": "",
            "log_group_class": "",
            "name": "LogGroupName",
            "retention_in_days": Read("RetentionInDays", number),
            "tags": Read("Tags", tags),
        },
    ),
    "AWS::Logs::MetricFilter": Kind(
        "aws_cloudwatch_log_metric_filter",
        {
            "log_group_name": "",
            "name": "FilterName",
            "metric_transformation": Block(
                "MetricTransformations", {"name": "MetricName", "namespace": "MetricNamespace", "value": "MetricValue"}
            ),
            "pattern": "FilterPattern",
        },
    ),
    "AWS::CloudWatch::Alarm": Kind(
        "aws_cloudwatch_metric_alarm",
        {"actions_enabled": "", "alarm_actions": "", "alarm_name": "", "metric_name": "", "namespace": ""},
    ),
    "AWS::Config::ConfigurationAggregator": Kind(
        "aws_config_configuration_aggregator",
        {
            "account_aggregation_source": Block(
                "AccountAggregationSources",
                {"account_ids": "", "all_regions": "AllAwsRegions", "regions": "AwsRegions"},
            ),
            "name": "ConfigurationAggregatorName",
            "organization_aggregation_source": Block(
                "OrganizationAggregationSource",
                {"all_regions": "AllAwsRegions", "regions": "AwsRegions", "role_arn": ""},
            ),
        },
    ),
    "AWS::Config::ConfigurationRecorder": Kind(
        "aws_config_configuration_recorder",
        {
            "name": "",
            "recording_group": Block(
                "RecordingGroup",
                {"all_supported": "", "include_global_resource_types": "", "resource_types": ""},
            ),
        },
    ),
    "AWS::AccessAnalyzer::Analyzer": Kind("aws_accessanalyzer_analyzer", {"analyzer_name": "", "type": ""}),
    "AWS::SecurityHub::Hub": Kind("aws_securityhub_account", {"enable_default_standards": ""}),
    "AWS::SecurityHub::Standard": Kind("aws_securityhub_standards_subscription", {"standards_arn": ""}),
    "AWS::GuardDuty::Detector": Kind("aws_guardduty_detector", {"enable": "", "finding_publishing_frequency": ""}),
}
