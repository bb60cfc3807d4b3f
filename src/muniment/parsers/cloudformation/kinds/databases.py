"""Databases, caches and search."""

from collections.abc import Mapping
from typing import Any, Final

from muniment.parsers.cloudformation.entries import WHOLE, Block, Default, Entries, Fixed, Kind, Read
from muniment.parsers.cloudformation.translations import listed, number, tags

_CLUSTER_INSTANCE: Final = Kind(
    "aws_rds_cluster_instance",
    {
        "auto_minor_version_upgrade": "",
        "cluster_identifier": "DBClusterIdentifier",
        "copy_tags_to_snapshot": "",
        "engine": "",
        "identifier": "DBInstanceIdentifier",
        "instance_class": "DBInstanceClass",
        "monitoring_interval": Read("MonitoringInterval", number),
        "performance_insights_enabled": "EnablePerformanceInsights",
        "performance_insights_kms_key_id": "PerformanceInsightsKMSKeyId",
        "publicly_accessible": "",
        "tags": Read("Tags", tags),
    },
)


def _instance(properties: Mapping[str, Any]) -> Kind | None:
    return _CLUSTER_INSTANCE if properties.get("DBClusterIdentifier") is not None else None


_DOMAIN: Final[Entries] = {
    "access_policies": "AccessPolicies",
    "advanced_security_options": Block(
        "AdvancedSecurityOptions", {"enabled": "", "internal_user_database_enabled": ""}
    ),
    "domain_endpoint_options": Block(
        "DomainEndpointOptions",
        {"enforce_https": Default("EnforceHTTPS", value=False), "tls_security_policy": "TLSSecurityPolicy"},
    ),
    "domain_name": "",
    "encrypt_at_rest": Block("EncryptionAtRestOptions", {"enabled": "", "kms_key_id": ""}),
    "log_publishing_options": Block(
        "LogPublishingOptions",
        {"enabled": Default("Enabled", value=False), "cloudwatch_log_group_arn": "CloudWatchLogsLogGroupArn"},
        key="log_type",
    ),
    "node_to_node_encryption": Block("NodeToNodeEncryptionOptions", {"enabled": ""}),
    "tags": Read("Tags", tags),
    "vpc_options": Block("VPCOptions", {"subnet_ids": "", "security_group_ids": ""}),
}
_CLUSTER: Final[Entries] = {
    "instance_count": Read("InstanceCount", number),
    "dedicated_master_count": Read("DedicatedMasterCount", number),
    "dedicated_master_enabled": "",
    "instance_type": "",
    "zone_awareness_enabled": "",
}
_PARAMETERS: Final = Block("Parameters", {"value": WHOLE}, key="name")

_CAPACITY: Final[Entries] = {
    "billing_mode": "",
    "read_capacity": Read("ProvisionedThroughput.ReadCapacityUnits", number),
    "write_capacity": Read("ProvisionedThroughput.WriteCapacityUnits", number),
}
_SIMPLE: Final[Entries] = {
    **_CAPACITY,
    "deletion_protection_enabled": None,
    "name": "TableName",
    "point_in_time_recovery": Block("PointInTimeRecoverySpecification", {"enabled": "PointInTimeRecoveryEnabled"}),
    "server_side_encryption": Block("SSESpecification", {"enabled": "SSEEnabled", "kms_key_arn": "KMSMasterKeyId"}),
    "tags": "Tags",
}


def _provisioned(properties: Mapping[str, Any]) -> Kind | None:
    """A simple table is paid by request unless it says how much it may be used."""
    return Kind("aws_dynamodb_table", _SIMPLE) if "ProvisionedThroughput" in properties else None


KINDS: Final[Mapping[str, Kind]] = {
    "AWS::RDS::DBInstance": Kind(
        "aws_db_instance",
        {
            "auto_minor_version_upgrade": "",
            "backup_retention_period": Default("BackupRetentionPeriod", 1, number),
            "ca_cert_identifier": "CACertificateIdentifier",
            "copy_tags_to_snapshot": "",
            "deletion_protection": "",
            "enabled_cloudwatch_logs_exports": "EnableCloudwatchLogsExports",
            "engine": "",
            "engine_version": "",
            "iam_database_authentication_enabled": "EnableIAMDatabaseAuthentication",
            "identifier": "DBInstanceIdentifier",
            "instance_class": "DBInstanceClass",
            "kms_key_id": "",
            "monitoring_interval": Read("MonitoringInterval", number),
            "multi_az": "",
            "parameter_group_name": "DBParameterGroupName",
            "password": "MasterUserPassword",
            "performance_insights_enabled": "EnablePerformanceInsights",
            "performance_insights_kms_key_id": "PerformanceInsightsKMSKeyId",
            "publicly_accessible": "",
            "replicate_source_db": "SourceDBInstanceIdentifier",
            "replication_source_identifier": None,
            "restore_to_point_in_time": None,
            "snapshot_identifier": "DBSnapshotIdentifier",
            "storage_encrypted": "",
            "tags": Read("Tags", tags),
            "username": "MasterUsername",
        },
        covers=("aws_rds_cluster_instance",),
        choose=_instance,
    ),
    "AWS::RDS::DBCluster": Kind(
        "aws_rds_cluster",
        {
            "backtrack_window": Read("BacktrackWindow", number),
            "backup_retention_period": Default("BackupRetentionPeriod", 1, number),
            "cluster_identifier": "DBClusterIdentifier",
            "copy_tags_to_snapshot": "",
            "db_cluster_parameter_group_name": "DBClusterParameterGroupName",
            "deletion_protection": "",
            "enabled_cloudwatch_logs_exports": "EnableCloudwatchLogsExports",
            "engine": "",
            "engine_mode": "",
            "engine_version": "",
            "iam_database_authentication_enabled": "EnableIAMDatabaseAuthentication",
            "kms_key_id": "",
            "master_password": "MasterUserPassword",
            "replicate_source_db": None,
            "replication_source_identifier": "",
            "restore_to_point_in_time": Read("SourceDBClusterIdentifier", listed),
            "snapshot_identifier": "",
            "storage_encrypted": "",
            "tags": Read("Tags", tags),
        },
    ),
    "AWS::RDS::DBParameterGroup": Kind("aws_db_parameter_group", {"family": "", "parameter": _PARAMETERS}),
    "AWS::RDS::DBClusterParameterGroup": Kind(
        "aws_rds_cluster_parameter_group", {"family": "", "parameter": _PARAMETERS}
    ),
    "AWS::RDS::GlobalCluster": Kind(
        "aws_rds_global_cluster", {"source_db_cluster_identifier": "", "storage_encrypted": ""}
    ),
    "AWS::DocDB::DBCluster": Kind(
        "aws_docdb_cluster",
        {
            "backup_retention_period": Read("BackupRetentionPeriod", number),
            "deletion_protection": "",
            "enabled_cloudwatch_logs_exports": "EnableCloudwatchLogsExports",
            "kms_key_id": "",
            "master_password": "MasterUserPassword",
            "storage_encrypted": "",
            "tags": Read("Tags", tags),
        },
    ),
    "AWS::DocDB::DBClusterParameterGroup": Kind(
        "aws_docdb_cluster_parameter_group", {"family": "", "name": "", "parameter": _PARAMETERS}
    ),
    "AWS::Neptune::DBCluster": Kind(
        "aws_neptune_cluster",
        {
            "backup_retention_period": Read("BackupRetentionPeriod", number),
            "copy_tags_to_snapshot": "",
            "deletion_protection": "",
            "enable_cloudwatch_logs_exports": "EnableCloudwatchLogsExports",
            "iam_database_authentication_enabled": "IamAuthEnabled",
            "kms_key_arn": "KmsKeyId",
            "storage_encrypted": "",
            "tags": Read("Tags", tags),
        },
    ),
    "AWS::Neptune::DBInstance": Kind(
        "aws_neptune_cluster_instance",
        {"auto_minor_version_upgrade": "", "cluster_identifier": "DBClusterIdentifier", "publicly_accessible": ""},
    ),
    "AWS::DynamoDB::Table": Kind(
        "aws_dynamodb_table",
        {
            **_CAPACITY,
            "deletion_protection_enabled": "",
            "name": "TableName",
            "point_in_time_recovery": Block(
                "PointInTimeRecoverySpecification", {"enabled": "PointInTimeRecoveryEnabled"}
            ),
            "server_side_encryption": Block(
                "SSESpecification", {"enabled": "SSEEnabled", "kms_key_arn": "KMSMasterKeyId"}
            ),
            "tags": Read("Tags", tags),
        },
    ),
    "AWS::Serverless::SimpleTable": Kind(
        "aws_dynamodb_table",
        {**_SIMPLE, "billing_mode": Fixed("PAY_PER_REQUEST")},
        choose=_provisioned,
    ),
    "AWS::ApplicationAutoScaling::ScalableTarget": Kind(
        "aws_appautoscaling_target", {"resource_id": "", "service_namespace": ""}
    ),
    "AWS::ApplicationAutoScaling::ScalingPolicy": Kind(
        "aws_appautoscaling_policy", {"name": "PolicyName", "resource_id": "ScalingTargetId"}
    ),
    "AWS::DAX::Cluster": Kind(
        "aws_dax_cluster",
        {
            "cluster_endpoint_encryption_type": "ClusterEndpointEncryptionType",
            "server_side_encryption": Block("SSESpecification", {"enabled": "SSEEnabled"}),
        },
    ),
    "AWS::ElastiCache::ReplicationGroup": Kind(
        "aws_elasticache_replication_group",
        {
            "at_rest_encryption_enabled": "",
            "auth_token": "",
            "auto_minor_version_upgrade": "",
            "automatic_failover_enabled": "",
            "engine": "",
            "kms_key_id": "",
            "multi_az_enabled": "MultiAZEnabled",
            "snapshot_retention_limit": Read("SnapshotRetentionLimit", number),
            "subnet_group_name": "CacheSubnetGroupName",
            "tags": Read("Tags", tags),
            "transit_encryption_enabled": "",
            "user_group_ids": "",
        },
    ),
    "AWS::ElastiCache::CacheCluster": Kind(
        "aws_elasticache_cluster",
        {
            "auto_minor_version_upgrade": "",
            "engine": "",
            "node_type": "CacheNodeType",
            "snapshot_retention_limit": Read("SnapshotRetentionLimit", number),
            "subnet_group_name": "CacheSubnetGroupName",
            "tags": Read("Tags", tags),
        },
    ),
    "AWS::MemoryDB::Cluster": Kind(
        "aws_memorydb_cluster",
        {"kms_key_arn": "KmsKeyId", "tls_enabled": "TLSEnabled", "tags": Read("Tags", tags)},
    ),
    "AWS::Redshift::Cluster": Kind(
        "aws_redshift_cluster",
        {
            "allow_version_upgrade": "",
            "automated_snapshot_retention_period": Read("AutomatedSnapshotRetentionPeriod", number),
            "cluster_identifier": "",
            "cluster_parameter_group_name": "",
            "cluster_subnet_group_name": "",
            "database_name": "DBName",
            "encrypted": "",
            "enhanced_vpc_routing": "",
            "kms_key_id": "",
            "logging": Block("LoggingProperties", {"enable": Fixed(value=True), "bucket_name": "BucketName"}),
            "master_password": "MasterUserPassword",
            "master_username": "MasterUsername",
            "publicly_accessible": "",
            "tags": Read("Tags", tags),
        },
        covers=("aws_redshift_logging",),
    ),
    "AWS::Redshift::ClusterParameterGroup": Kind(
        "aws_redshift_parameter_group",
        {
            "family": "ParameterGroupFamily",
            "parameter": Block("Parameters", {"name": "ParameterName", "value": "ParameterValue"}),
        },
    ),
    "AWS::RedshiftServerless::Namespace": Kind("aws_redshiftserverless_namespace", {"kms_key_id": ""}),
    "AWS::OpenSearchService::Domain": Kind(
        "aws_opensearch_domain", {**_DOMAIN, "cluster_config": Block("ClusterConfig", _CLUSTER)}
    ),
    "AWS::Elasticsearch::Domain": Kind(
        "aws_elasticsearch_domain", {**_DOMAIN, "cluster_config": Block("ElasticsearchClusterConfig", _CLUSTER)}
    ),
    "AWS::QLDB::Ledger": Kind("aws_qldb_ledger", {"deletion_protection": "", "permissions_mode": "", "kms_key": ""}),
    "AWS::Timestream::Database": Kind("aws_timestreamwrite_database", {"database_name": "", "kms_key_id": ""}),
    "AWS::DMS::Endpoint": Kind(
        "aws_dms_endpoint",
        {
            "endpoint_type": "",
            "engine_name": "",
            "kms_key_arn": "KmsKeyId",
            "mongodb_settings": Block("MongoDbSettings", {"password": ""}),
            "password": "",
            "s3_settings": Block("S3Settings", {"server_side_encryption_kms_key_id": ""}),
            "ssl_mode": "",
        },
    ),
    "AWS::DMS::ReplicationInstance": Kind(
        "aws_dms_replication_instance",
        {
            "auto_minor_version_upgrade": "",
            "kms_key_arn": "KmsKeyId",
            "multi_az": "",
            "publicly_accessible": Default("PubliclyAccessible", value=True),
        },
    ),
}
