"""Machines and functions."""

from collections.abc import Mapping
from typing import Any, Final

from muniment.parsers.cloudformation.entries import WHOLE, Block, Entries, Kind, Read
from muniment.parsers.cloudformation.translations import either, number, tags

_ROOTS: Final = ("/dev/sda1", "/dev/xvda", "/dev/sda")
"""Names under which images have their first disk."""


def _is_root(disk: Any) -> bool:
    return isinstance(disk, dict) and disk.get("DeviceName") in _ROOTS


def _is_other(disk: Any) -> bool:
    return isinstance(disk, dict) and disk.get("DeviceName") not in _ROOTS and disk.get("Ebs") is not None


_DISK: Final[Entries] = {
    "device_name": "DeviceName",
    "encrypted": "Ebs.Encrypted",
    "kms_key_id": "Ebs.KmsKeyId",
    "snapshot_id": "Ebs.SnapshotId",
    "volume_size": Read("Ebs.VolumeSize", number),
}
_METADATA: Final[Entries] = {
    "http_endpoint": "",
    "http_put_response_hop_limit": Read("HttpPutResponseHopLimit", number),
    "http_tokens": "",
}


def _machine(above: str) -> Entries:
    """What instances, templates and launch configurations have in common."""
    return {
        "ebs_block_device": Block(f"{above}BlockDeviceMappings", _DISK, where=_is_other),
        "ebs_optimized": f"{above}EbsOptimized",
        "image_id": f"{above}ImageId",
        "instance_type": f"{above}InstanceType",
        "metadata_options": Block(f"{above}MetadataOptions", _METADATA),
        "root_block_device": Block(f"{above}BlockDeviceMappings", _DISK, where=_is_root),
        "user_data": f"{above}UserData",
        "user_data_base64": None,
    }


def _interfaces(path: str) -> Block:
    return Block(
        path,
        {"associate_public_ip_address": "AssociatePublicIpAddress", "subnet_id": "", "security_groups": "GroupSet"},
    )


_FUNCTION: Final[Entries] = {
    "architectures": "",
    "code_signing_config_arn": "",
    "dead_letter_config": Block("DeadLetterConfig", {"target_arn": ""}),
    "environment": Block("Environment", {"variables": "Variables"}),
    "function_name": "",
    "handler": "",
    "kms_key_arn": "",
    "reserved_concurrent_executions": Read("ReservedConcurrentExecutions", number),
    "role": "",
    "runtime": "",
    "tracing_config": Block("TracingConfig", {"mode": "Mode"}),
    "vpc_config": Block("VpcConfig", {"subnet_ids": "", "security_group_ids": ""}),
}

KINDS: Final[Mapping[str, Kind]] = {
    "AWS::EC2::Instance": Kind(
        "aws_instance",
        {
            **_machine(""),
            "ami": "ImageId",
            "associate_public_ip_address": None,
            "iam_instance_profile": "",
            "monitoring": "Monitoring",
            "network_interfaces": _interfaces("NetworkInterfaces"),
            "security_groups": "",
            "subnet_id": "",
            "tags": Read("Tags", tags),
            "vpc_security_group_ids": "SecurityGroupIds",
        },
    ),
    "AWS::EC2::LaunchTemplate": Kind(
        "aws_launch_template",
        {
            **_machine("LaunchTemplateData."),
            "associate_public_ip_address": None,
            "block_device_mappings": Block(
                "LaunchTemplateData.BlockDeviceMappings",
                {
                    "device_name": "",
                    "ebs": Block("Ebs", {"encrypted": "", "kms_key_id": "", "snapshot_id": ""}),
                },
            ),
            "monitoring": Block("LaunchTemplateData.Monitoring", {"enabled": ""}),
            "name": "LaunchTemplateName",
            "network_interfaces": _interfaces("LaunchTemplateData.NetworkInterfaces"),
        },
    ),
    "AWS::AutoScaling::LaunchConfiguration": Kind(
        "aws_launch_configuration",
        {
            **_machine(""),
            "associate_public_ip_address": "AssociatePublicIpAddress",
            "enable_monitoring": "InstanceMonitoring",
            "iam_instance_profile": "",
            "security_groups": "",
        },
    ),
    "AWS::AutoScaling::AutoScalingGroup": Kind(
        "aws_autoscaling_group",
        {
            "health_check_type": "",
            "launch_configuration": "LaunchConfigurationName",
            "launch_template": Block("LaunchTemplate", {"id": "LaunchTemplateId", "version": ""}),
            "tag": Block("Tags", {"key": "", "value": "", "propagate_at_launch": ""}),
            "tags": None,
            "load_balancers": "LoadBalancerNames",
            "mixed_instances_policy": Block("MixedInstancesPolicy", {}),
            "target_group_arns": "TargetGroupARNs",
        },
    ),
    "AWS::Lambda::Function": Kind("aws_lambda_function", {**_FUNCTION, "tags": Read("Tags", tags)}),
    "AWS::Serverless::Function": Kind(
        "aws_lambda_function",
        {
            **_FUNCTION,
            "dead_letter_config": Block("DeadLetterQueue", {"target_arn": "TargetArn"}),
            "tags": "Tags",
            "tracing_config": Block("Tracing", {"mode": "."}),
        },
    ),
    "AWS::Lambda::Url": Kind(
        "aws_lambda_function_url",
        {
            "authorization_type": "AuthType",
            "cors": Block("Cors", {"allow_origins": "", "allow_methods": ""}),
            # permissions call it by the second name, and so do people here
            "function_name": Read(WHOLE, either("TargetFunctionArn", "FunctionName")),
        },
    ),
    "AWS::Lambda::Permission": Kind(
        "aws_lambda_permission",
        {
            "action": "",
            "event_source_token": "",
            "function_name": "",
            "function_url_auth_type": "",
            "principal": "",
            "principal_org_id": "PrincipalOrgID",
            "source_account": "",
            "source_arn": "",
        },
    ),
    "AWS::ImageBuilder::Component": Kind("aws_imagebuilder_component", {"kms_key_id": "", "name": ""}),
    "AWS::WorkSpaces::Workspace": Kind(
        "aws_workspaces_workspace",
        {"root_volume_encryption_enabled": "", "user_volume_encryption_enabled": "", "volume_encryption_key": ""},
    ),
}
