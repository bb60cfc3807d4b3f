"""Buckets, volumes, file systems and backups."""

from collections.abc import Mapping
from typing import Any, Final

from muniment.parsers.cloudformation.entries import WHOLE, Block, Entries, Kind, Part, Read
from muniment.parsers.cloudformation.translations import enabled, kebab, number, tags

_LIFECYCLE: Final[Entries] = {
    "rule": Block(
        "Rules",
        {
            "id": "Id",
            "status": "Status",
            "prefix": "Prefix",
            "abort_incomplete_multipart_upload": Block(
                "AbortIncompleteMultipartUpload", {"days_after_initiation": Read("DaysAfterInitiation", number)}
            ),
            "expiration": Block(WHOLE, {"days": Read("ExpirationInDays", number), "date": "ExpirationDate"}),
            "filter": Block(
                WHOLE,
                {
                    "prefix": "Prefix",
                    "object_size_greater_than": Read("ObjectSizeGreaterThan", number),
                    "object_size_less_than": Read("ObjectSizeLessThan", number),
                    "tag": Block("TagFilters", {"key": "", "value": ""}),
                    "tags": None,
                    "and": None,
                },
            ),
        },
    ),
}

_SYSTEM: Final[Entries] = {"kms_key_id": "KmsKeyId", "storage_capacity": "", "deployment_type": None}
_SYSTEMS: Final[Mapping[str, Kind]] = {
    "LUSTRE": Kind("aws_fsx_lustre_file_system", _SYSTEM),
    "ONTAP": Kind("aws_fsx_ontap_file_system", _SYSTEM),
    "OPENZFS": Kind("aws_fsx_openzfs_file_system", _SYSTEM),
    "WINDOWS": Kind("aws_fsx_windows_file_system", _SYSTEM),
}


def _file_system(properties: Mapping[str, Any]) -> Kind | None:
    return _SYSTEMS.get(str(properties.get("FileSystemType")))


KINDS: Final[Mapping[str, Kind]] = {
    "AWS::S3::Bucket": Kind(
        "aws_s3_bucket",
        {
            "bucket": "BucketName",
            "acl": Read("AccessControl", kebab),
            "grant": None,
            "access_control_policy": None,
            "cors_rule": Block(
                "CorsConfiguration.CorsRules", {"allowed_headers": "", "allowed_methods": "", "allowed_origins": ""}
            ),
            "policy": None,
            "force_destroy": None,
            "lifecycle_rule": None,
            "logging": Block(
                "LoggingConfiguration", {"target_bucket": "DestinationBucketName", "target_prefix": "LogFilePrefix"}
            ),
            "object_lock_configuration": Block("ObjectLockConfiguration", {"object_lock_enabled": ""}),
            "object_lock_enabled": "ObjectLockEnabled",
            "replication_configuration": Block(
                "ReplicationConfiguration", {"role": "Role", "rules": Block("Rules", {"id": "", "status": ""})}
            ),
            "server_side_encryption_configuration": Block(
                "BucketEncryption",
                {
                    "rule": Block(
                        "ServerSideEncryptionConfiguration",
                        {
                            "apply_server_side_encryption_by_default": Block(
                                "ServerSideEncryptionByDefault",
                                {"sse_algorithm": "SSEAlgorithm", "kms_master_key_id": "KMSMasterKeyID"},
                            ),
                            "bucket_key_enabled": "BucketKeyEnabled",
                        },
                    )
                },
            ),
            "tags": Read("Tags", tags),
            "versioning": Block("VersioningConfiguration", {"enabled": Read("Status", enabled), "mfa_delete": None}),
            "website": Block("WebsiteConfiguration", {"index_document": "", "error_document": ""}),
        },
        parts=(
            Part(
                "aws_s3_bucket_public_access_block",
                "PublicAccessBlockConfiguration",
                "bucket",
                {
                    "block_public_acls": "",
                    "block_public_policy": "",
                    "ignore_public_acls": "",
                    "restrict_public_buckets": "",
                },
                always=True,
            ),
            Part("aws_s3_bucket_notification", "NotificationConfiguration", "bucket", {}),
            Part("aws_s3_bucket_lifecycle_configuration", "LifecycleConfiguration", "bucket", _LIFECYCLE),
            Part(
                "aws_s3_bucket_ownership_controls",
                "OwnershipControls",
                "bucket",
                {"rule": Block("Rules", {"object_ownership": ""})},
            ),
        ),
        covers=(
            "aws_s3_bucket_acl",
            "aws_s3_bucket_logging",
            "aws_s3_bucket_object_lock_configuration",
            "aws_s3_bucket_replication_configuration",
            "aws_s3_bucket_server_side_encryption_configuration",
            "aws_s3_bucket_versioning",
            "aws_s3_bucket_website_configuration",
        ),
    ),
    "AWS::S3::BucketPolicy": Kind("aws_s3_bucket_policy", {"bucket": "", "policy": "PolicyDocument"}),
    "AWS::EC2::Volume": Kind(
        "aws_ebs_volume",
        {
            "availability_zone": "",
            "encrypted": "",
            "kms_key_id": "",
            "size": Read("Size", number),
            "snapshot_id": "",
            "tags": Read("Tags", tags),
            "type": "VolumeType",
        },
    ),
    "AWS::EC2::VolumeAttachment": Kind("aws_volume_attachment", {"instance_id": "", "volume_id": ""}),
    "AWS::EFS::FileSystem": Kind(
        "aws_efs_file_system",
        {"encrypted": "", "kms_key_id": "", "performance_mode": "", "tags": Read("FileSystemTags", tags)},
        parts=(
            Part(
                "aws_efs_file_system_policy",
                "FileSystemPolicy",
                "file_system_id",
                {"policy": WHOLE},
            ),
            Part(
                "aws_efs_backup_policy",
                "BackupPolicy",
                "file_system_id",
                {"backup_policy": Block(WHOLE, {"status": "Status"})},
            ),
        ),
    ),
    "AWS::EFS::AccessPoint": Kind(
        "aws_efs_access_point",
        {
            "file_system_id": "",
            "root_directory": Block("RootDirectory", {"path": "Path"}),
            "posix_user": Block("PosixUser", {"gid": "Gid", "uid": "Uid"}),
        },
    ),
    "AWS::FSx::FileSystem": Kind(
        "aws_fsx_file_system", _SYSTEM, covers=tuple(one.kind for one in _SYSTEMS.values()), choose=_file_system
    ),
    "AWS::Backup::BackupVault": Kind(
        "aws_backup_vault", {"name": "BackupVaultName", "kms_key_arn": "EncryptionKeyArn"}
    ),
    "AWS::Backup::BackupSelection": Kind(
        "aws_backup_selection", {"plan_id": "BackupPlanId", "resources": "BackupSelection.Resources"}
    ),
}
