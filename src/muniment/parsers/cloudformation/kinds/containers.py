"""Clusters, tasks and images."""

from collections.abc import Mapping
from typing import Final

from muniment.parsers.cloudformation.entries import WHOLE, Block, Entries, Kind, Part, Read
from muniment.parsers.cloudformation.translations import enabled, plucked, tags

_CONTAINER: Final[Entries] = {
    "environment": Block("Environment", {"name": "", "value": ""}),
    "image": "",
    "name": "",
    "pidMode": None,
    "privilege": None,
    "privileged": "",
    "readonlyRootFilesystem": "ReadonlyRootFilesystem",
    "secrets": Block("Secrets", {"name": "", "valueFrom": "ValueFrom"}),
    "user": "",
}
"""What Terraform has as JSON, with the names of the interface of the service."""

KINDS: Final[Mapping[str, Kind]] = {
    "AWS::ECR::Repository": Kind(
        "aws_ecr_repository",
        {
            "encryption_configuration": Block("EncryptionConfiguration", {"encryption_type": "", "kms_key": "KmsKey"}),
            "image_scanning_configuration": Block("ImageScanningConfiguration", {"scan_on_push": ""}),
            "image_tag_mutability": "",
            "name": "RepositoryName",
            "tags": Read("Tags", tags),
        },
        parts=(
            Part(
                "aws_ecr_repository_policy",
                "RepositoryPolicyText",
                "repository",
                {"access_policy": None, "policy": WHOLE},
            ),
        ),
        covers=("aws_ecr_lifecycle_policy",),
    ),
    "AWS::ECS::Cluster": Kind(
        "aws_ecs_cluster",
        {
            "configuration": Block(
                "Configuration",
                {
                    "execute_command_configuration": Block(
                        "ExecuteCommandConfiguration",
                        {
                            "kms_key_id": "",
                            "log_configuration": Block(
                                "LogConfiguration",
                                {
                                    "cloud_watch_encryption_enabled": "",
                                    "s3_bucket_encryption_enabled": "S3EncryptionEnabled",
                                },
                            ),
                            "logging": "",
                        },
                    )
                },
            ),
            "name": "ClusterName",
            "setting": Block("ClusterSettings", {"name": "", "value": ""}),
            "tags": Read("Tags", tags),
        },
    ),
    "AWS::ECS::Service": Kind(
        "aws_ecs_service",
        {
            "launch_type": "",
            "network_configuration": Block(
                "NetworkConfiguration.AwsvpcConfiguration",
                {
                    "assign_public_ip": Read("AssignPublicIp", enabled),
                    "security_groups": "",
                    "subnets": "",
                },
            ),
            "platform_version": "",
            "task_definition": "",
        },
    ),
    "AWS::ECS::TaskDefinition": Kind(
        "aws_ecs_task_definition",
        {
            "container_definitions": Block("ContainerDefinitions", _CONTAINER),
            "execution_role_arn": "",
            "family": "",
            "network_mode": "",
            "pid_mode": "",
            "task_role_arn": "",
            "volume": Block(
                "Volumes",
                {
                    "efs_volume_configuration": Block(
                        "EFSVolumeConfiguration",
                        {
                            "authorization_config": Block("AuthorizationConfig", {"iam": "IAM", "access_point_id": ""}),
                            "file_system_id": "FilesystemId",
                            "transit_encryption": "TransitEncryption",
                        },
                    ),
                    "name": "",
                },
            ),
        },
    ),
    "AWS::Batch::JobDefinition": Kind(
        "aws_batch_job_definition",
        {"container_properties": Block("ContainerProperties", _CONTAINER), "name": "JobDefinitionName", "type": ""},
    ),
    "AWS::EKS::Cluster": Kind(
        "aws_eks_cluster",
        {
            "enabled_cluster_log_types": Read("Logging.ClusterLogging.EnabledTypes", plucked("Type")),
            "encryption_config": Block(
                "EncryptionConfig", {"provider": Block("Provider", {"key_arn": ""}), "resources": ""}
            ),
            "name": "",
            "version": "",
            "vpc_config": Block(
                "ResourcesVpcConfig",
                {
                    "endpoint_private_access": "",
                    "endpoint_public_access": "",
                    "public_access_cidrs": "",
                    "security_group_ids": "",
                    "subnet_ids": "",
                },
            ),
        },
    ),
    "AWS::EKS::Nodegroup": Kind(
        "aws_eks_node_group",
        {
            "cluster_name": "",
            "remote_access": Block(
                "RemoteAccess", {"ec2_ssh_key": "Ec2SshKey", "source_security_group_ids": "SourceSecurityGroups"}
            ),
            "subnet_ids": "Subnets",
        },
    ),
}
