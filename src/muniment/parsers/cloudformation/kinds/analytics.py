"""Queries, catalogues, search indexes and learning."""

from collections.abc import Mapping
from typing import Final

from muniment.parsers.cloudformation.entries import Block, Entries, Kind, Read
from muniment.parsers.cloudformation.translations import tags

_JOB: Final[Entries] = {"glue_version": "", "name": "", "security_configuration": "", "tags": ""}

KINDS: Final[Mapping[str, Kind]] = {
    "AWS::Athena::WorkGroup": Kind(
        "aws_athena_workgroup",
        {
            "configuration": Block(
                "WorkGroupConfiguration",
                {
                    "enforce_workgroup_configuration": "EnforceWorkGroupConfiguration",
                    "result_configuration": Block(
                        "ResultConfiguration",
                        {
                            "encryption_configuration": Block(
                                "EncryptionConfiguration", {"encryption_option": "", "kms_key_arn": "KmsKey"}
                            ),
                            "output_location": "",
                        },
                    ),
                },
            ),
            "name": "",
        },
    ),
    "AWS::EMR::Cluster": Kind(
        "aws_emr_cluster",
        {
            "ec2_attributes": Block(
                "Instances",
                {
                    "additional_master_security_groups": "",
                    "additional_slave_security_groups": "",
                    "emr_managed_master_security_group": "",
                    "emr_managed_slave_security_group": "",
                    "service_access_security_group": "",
                    "subnet_id": "Ec2SubnetId",
                },
            ),
            "kerberos_attributes": Block("KerberosAttributes", {"realm": ""}),
            "name": "",
            "security_configuration": "",
            "tags": Read("Tags", tags),
        },
    ),
    "AWS::EMR::SecurityConfiguration": Kind(
        "aws_emr_security_configuration", {"configuration": "SecurityConfiguration", "name": ""}
    ),
    "AWS::Glue::Crawler": Kind(
        "aws_glue_crawler", {"name": "", "security_configuration": "CrawlerSecurityConfiguration", "tags": ""}
    ),
    "AWS::Glue::DataCatalogEncryptionSettings": Kind(
        "aws_glue_data_catalog_encryption_settings",
        {
            "data_catalog_encryption_settings": Block(
                "DataCatalogEncryptionSettings",
                {
                    "connection_password_encryption": Block(
                        "ConnectionPasswordEncryption",
                        {"aws_kms_key_id": "KmsKeyId", "return_connection_password_encrypted": ""},
                    ),
                    "encryption_at_rest": Block(
                        "EncryptionAtRest", {"catalog_encryption_mode": "", "sse_aws_kms_key_id": "SseAwsKmsKeyId"}
                    ),
                },
            )
        },
    ),
    "AWS::Glue::DevEndpoint": Kind("aws_glue_dev_endpoint", _JOB),
    "AWS::Glue::Job": Kind("aws_glue_job", _JOB),
    "AWS::Glue::SecurityConfiguration": Kind(
        "aws_glue_security_configuration",
        {
            "encryption_configuration": Block(
                "EncryptionConfiguration",
                {
                    "cloudwatch_encryption": Block(
                        "CloudWatchEncryption",
                        {"cloudwatch_encryption_mode": "CloudWatchEncryptionMode", "kms_key_arn": ""},
                    ),
                    "job_bookmarks_encryption": Block(
                        "JobBookmarksEncryption", {"job_bookmarks_encryption_mode": "", "kms_key_arn": ""}
                    ),
                    "s3_encryption": Block("S3Encryptions", {"kms_key_arn": "", "s3_encryption_mode": ""}),
                },
            ),
            "name": "",
        },
    ),
    "AWS::Kendra::Index": Kind(
        "aws_kendra_index",
        {
            "name": "",
            "server_side_encryption_configuration": Block("ServerSideEncryptionConfiguration", {"kms_key_id": ""}),
        },
    ),
    "AWS::SageMaker::DataQualityJobDefinition": Kind(
        "aws_sagemaker_data_quality_job_definition",
        {
            "data_quality_job_output_config": Block("DataQualityJobOutputConfig", {"kms_key_id": ""}),
            "job_resources": Block(
                "JobResources", {"cluster_config": Block("ClusterConfig", {"volume_kms_key_id": ""})}
            ),
            "network_config": Block(
                "NetworkConfig",
                {
                    "enable_inter_container_traffic_encryption": "",
                    "enable_network_isolation": "",
                },
            ),
        },
    ),
    "AWS::SageMaker::Domain": Kind("aws_sagemaker_domain", {"domain_name": "", "kms_key_id": ""}),
    "AWS::SageMaker::EndpointConfig": Kind("aws_sagemaker_endpoint_configuration", {"kms_key_arn": "KmsKeyId"}),
    "AWS::SageMaker::Model": Kind("aws_sagemaker_model", {"enable_network_isolation": ""}),
    "AWS::SageMaker::NotebookInstance": Kind(
        "aws_sagemaker_notebook_instance",
        {
            "direct_internet_access": "",
            "instance_metadata_service_configuration": Block(
                "InstanceMetadataServiceConfiguration", {"minimum_instance_metadata_service_version": ""}
            ),
            "instance_type": "",
            "kms_key_id": "",
            "name": "NotebookInstanceName",
            "platform_identifier": "",
            "role_arn": "",
            "root_access": "",
            "subnet_id": "",
            "tags": Read("Tags", tags),
        },
    ),
    "AWS::MWAA::Environment": Kind(
        "aws_mwaa_environment",
        {
            "kms_key": "KmsKey",
            "logging_configuration": Block(
                "LoggingConfiguration",
                {
                    name: Block("", {"enabled": "", "log_level": ""})
                    for name in ("dag_processing_logs", "scheduler_logs", "task_logs", "webserver_logs", "worker_logs")
                },
            ),
            "name": "",
            "webserver_access_mode": "",
        },
    ),
    "AWS::Bedrock::Agent": Kind(
        "aws_bedrockagent_agent",
        {
            "agent_name": "",
            "customer_encryption_key_arn": "",
            "guardrail_configuration": Block("GuardrailConfiguration", {"guardrail_identifier": ""}),
        },
    ),
}
