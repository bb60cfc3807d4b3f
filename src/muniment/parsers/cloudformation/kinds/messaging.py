"""Topics, queues, streams and brokers."""

from collections.abc import Mapping
from typing import Final

from muniment.parsers.cloudformation.entries import Block, Entries, Fixed, Kind, Read
from muniment.parsers.cloudformation.translations import number, tags

_SWITCH: Final[Entries] = {"enabled": ""}

KINDS: Final[Mapping[str, Kind]] = {
    "AWS::SNS::Topic": Kind(
        "aws_sns_topic",
        {"kms_master_key_id": "", "name": "TopicName", "policy": None, "tags": Read("Tags", tags)},
    ),
    "AWS::SNS::TopicPolicy": Kind(
        "aws_sns_topic_policy", {"access_policy": None, "arn": "Topics", "policy": "PolicyDocument"}
    ),
    "AWS::SQS::Queue": Kind(
        "aws_sqs_queue",
        {
            "access_policy": None,
            "kms_master_key_id": "",
            "message_retention_seconds": Read("MessageRetentionPeriod", number),
            "name": "QueueName",
            "policy": None,
            "redrive_policy": "",
            "sqs_managed_sse_enabled": "",
            "tags": Read("Tags", tags),
        },
    ),
    "AWS::SQS::QueuePolicy": Kind(
        "aws_sqs_queue_policy", {"access_policy": None, "policy": "PolicyDocument", "queue_url": "Queues"}
    ),
    "AWS::Kinesis::Stream": Kind(
        "aws_kinesis_stream",
        {
            "encryption_type": "StreamEncryption.EncryptionType",
            "kms_key_id": "StreamEncryption.KeyId",
            "name": "",
            "retention_period": Read("RetentionPeriodHours", number),
            "tags": Read("Tags", tags),
        },
    ),
    "AWS::KinesisVideo::Stream": Kind("aws_kinesis_video_stream", {"kms_key_id": "", "name": ""}),
    "AWS::KinesisFirehose::DeliveryStream": Kind(
        "aws_kinesis_firehose_delivery_stream",
        {
            "kinesis_source_configuration": Block(
                "KinesisStreamSourceConfiguration", {"kinesis_stream_arn": "KinesisStreamARN"}
            ),
            "name": "DeliveryStreamName",
            "server_side_encryption": Block(
                "DeliveryStreamEncryptionConfigurationInput",
                {"enabled": Fixed(value=True), "key_arn": "KeyARN", "key_type": ""},
            ),
        },
    ),
    "AWS::AmazonMQ::Broker": Kind(
        "aws_mq_broker",
        {
            "auto_minor_version_upgrade": "",
            "broker_name": "",
            "encryption_options": Block("EncryptionOptions", {"kms_key_id": "", "use_aws_owned_key": "UseAwsOwnedKey"}),
            "engine_type": "",
            "engine_version": "",
            "logs": Block("Logs", {"audit": "", "general": ""}),
            "publicly_accessible": "",
        },
    ),
    "AWS::MSK::Cluster": Kind(
        "aws_msk_cluster",
        {
            "broker_node_group_info": Block(
                "BrokerNodeGroupInfo",
                {
                    "connectivity_info": Block(
                        "ConnectivityInfo", {"public_access": Block("PublicAccess", {"type": ""})}
                    )
                },
            ),
            "cluster_name": "",
            "encryption_info": Block(
                "EncryptionInfo",
                {
                    "encryption_at_rest_kms_key_arn": "EncryptionAtRest.DataVolumeKMSKeyId",
                    "encryption_in_transit": Block("EncryptionInTransit", {"client_broker": "", "in_cluster": ""}),
                },
            ),
            "logging_info": Block(
                "LoggingInfo",
                {
                    "broker_logs": Block(
                        "BrokerLogs",
                        {
                            "cloudwatch_logs": Block("CloudWatchLogs", _SWITCH),
                            "firehose": Block("Firehose", _SWITCH),
                            "s3": Block("S3", _SWITCH),
                        },
                    )
                },
            ),
        },
    ),
    "AWS::StepFunctions::StateMachine": Kind(
        "aws_sfn_state_machine",
        {
            "logging_configuration": Block("LoggingConfiguration", {"include_execution_data": "", "level": ""}),
            "name": "StateMachineName",
            "tracing_configuration": Block("TracingConfiguration", {"enabled": ""}),
        },
    ),
    "AWS::Serverless::StateMachine": Kind(
        "aws_sfn_state_machine",
        {
            "logging_configuration": Block("Logging", {"include_execution_data": "", "level": ""}),
            "name": "",
            "tracing_configuration": Block("Tracing", {"enabled": ""}),
        },
    ),
    "AWS::Scheduler::Schedule": Kind("aws_scheduler_schedule", {"kms_key_arn": "", "name": ""}),
    "AWS::AppFlow::Flow": Kind("aws_appflow_flow", {"kms_arn": "KMSArn", "name": "FlowName"}),
    "AWS::AppFlow::ConnectorProfile": Kind(
        "aws_appflow_connector_profile", {"kms_arn": "KMSArn", "name": "ConnectorProfileName"}
    ),
    "AWS::SES::ConfigurationSet": Kind(
        "aws_ses_configuration_set", {"delivery_options": Block("DeliveryOptions", {"tls_policy": ""}), "name": ""}
    ),
}
