"""Networks, their rules, load balancers and distributions."""

from collections.abc import Mapping
from typing import Final

from muniment.parsers.cloudformation.entries import WHOLE, Block, Entries, Fixed, Kind, Part, Read
from muniment.parsers.cloudformation.translations import first, keyed, listed, number, same, tags


def _rule(source: str) -> Entries:
    """A rule of a security group; `source` is what its other end is called."""
    return {
        "cidr_blocks": Read("CidrIp", listed),
        "cidr_ipv4": None,
        "cidr_ipv6": None,
        "description": "",
        "from_port": Read("FromPort", number),
        "ip_protocol": None,
        "ipv6_cidr_blocks": Read("CidrIpv6", listed),
        "prefix_list_id": None,
        "prefix_list_ids": Read(f"{source}PrefixListId", listed),
        "protocol": "IpProtocol",
        "referenced_security_group_id": None,
        "security_groups": Read(f"{source}SecurityGroupId", listed),
        "self": None,
        "to_port": Read("ToPort", number),
    }


def _rule_kind(direction: str, source: str) -> Kind:
    entries: Entries = {
        **_rule(source),
        "egress": None,
        "ingress": None,
        "security_group_id": "GroupId",
        "source_security_group_id": f"{source}SecurityGroupId",
        "type": Fixed(direction),
    }
    return Kind("aws_security_group_rule", entries, covers=_RULES)


_RULES: Final = ("aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule")
_ATTRIBUTES: Final = "LoadBalancerAttributes"

KINDS: Final[Mapping[str, Kind]] = {
    "AWS::EC2::SecurityGroup": Kind(
        "aws_security_group",
        {
            **dict.fromkeys(_rule(""), None),
            "description": "GroupDescription",
            "egress": Block("SecurityGroupEgress", _rule("Destination")),
            "ingress": Block("SecurityGroupIngress", _rule("Source")),
            "name": "GroupName",
            "tags": Read("Tags", tags),
            "type": None,
            "vpc_id": "",
        },
    ),
    "AWS::ElastiCache::SecurityGroup": Kind("aws_elasticache_security_group", {"description": "", "name": None}),
    "AWS::RDS::DBSecurityGroup": Kind("aws_db_security_group", {"description": "GroupDescription", "name": None}),
    "AWS::Redshift::ClusterSecurityGroup": Kind("aws_redshift_security_group", {"description": "", "name": None}),
    "AWS::EC2::SecurityGroupIngress": _rule_kind("ingress", "Source"),
    "AWS::EC2::SecurityGroupEgress": _rule_kind("egress", "Destination"),
    "AWS::EC2::VPC": Kind(
        "aws_vpc",
        {"cidr_block": "", "enable_dns_hostnames": "", "enable_dns_support": "", "tags": Read("Tags", tags)},
    ),
    "AWS::EC2::Subnet": Kind(
        "aws_subnet",
        {"cidr_block": "", "map_public_ip_on_launch": "", "tags": Read("Tags", tags), "vpc_id": ""},
    ),
    "AWS::EC2::FlowLog": Kind(
        "aws_flow_log",
        {
            "eni_id": "ResourceId",
            "log_destination": "",
            "subnet_id": "ResourceId",
            "traffic_type": "",
            "vpc_id": "ResourceId",
        },
    ),
    "AWS::EC2::EIP": Kind("aws_eip", {"domain": "", "instance": "InstanceId", "network_interface": None}),
    "AWS::EC2::Route": Kind(
        "aws_route",
        {
            "cidr_block": None,
            "destination_cidr_block": "",
            "destination_ipv6_cidr_block": "",
            "gateway_id": "",
            "instance_id": "",
            "ipv6_cidr_block": None,
            "nat_gateway_id": "",
            "route_table_id": "",
            "vpc_peering_connection_id": "",
        },
    ),
    "AWS::EC2::RouteTable": Kind("aws_route_table", {"route": None, "tags": Read("Tags", tags), "vpc_id": ""}),
    "AWS::EC2::NetworkAcl": Kind(
        "aws_network_acl",
        {"egress": None, "ingress": None, "subnet_ids": None, "tags": Read("Tags", tags), "vpc_id": ""},
    ),
    "AWS::EC2::NetworkAclEntry": Kind(
        "aws_network_acl_rule",
        {
            "action": None,
            "cidr_block": "",
            "egress": "",
            "from_port": Read("PortRange.From", number),
            "ipv6_cidr_block": "",
            "network_acl_id": "",
            "protocol": "",
            "rule_action": "",
            "rule_no": None,
            "rule_number": Read("RuleNumber", number),
            "to_port": Read("PortRange.To", number),
        },
    ),
    "AWS::EC2::SubnetNetworkAclAssociation": Kind(
        "aws_network_acl_association", {"network_acl_id": "", "subnet_id": ""}
    ),
    "AWS::EC2::TransitGateway": Kind("aws_ec2_transit_gateway", {"auto_accept_shared_attachments": ""}),
    "AWS::EC2::VPCEndpoint": Kind("aws_vpc_endpoint", {"service_name": "", "vpc_id": ""}),
    "AWS::EC2::VPCEndpointService": Kind("aws_vpc_endpoint_service", {"acceptance_required": ""}),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": Kind(
        "aws_lb",
        {
            "access_logs": Block(
                WHOLE,
                {
                    "bucket": Read(_ATTRIBUTES, keyed("access_logs.s3.bucket")),
                    "enabled": Read(_ATTRIBUTES, keyed("access_logs.s3.enabled")),
                },
            ),
            "desync_mitigation_mode": Read(_ATTRIBUTES, keyed("routing.http.desync_mitigation_mode")),
            "drop_invalid_header_fields": Read(_ATTRIBUTES, keyed("routing.http.drop_invalid_header_fields.enabled")),
            "enable_cross_zone_load_balancing": Read(_ATTRIBUTES, keyed("load_balancing.cross_zone.enabled")),
            "enable_deletion_protection": Read(_ATTRIBUTES, keyed("deletion_protection.enabled")),
            "internal": Read("Scheme", same("internal")),
            "load_balancer_type": "Type",
            "name": "",
            "security_groups": "",
            "tags": Read("Tags", tags),
        },
        covers=("aws_alb",),
    ),
    "AWS::ElasticLoadBalancingV2::Listener": Kind(
        "aws_lb_listener",
        {
            "certificate_arn": Read("Certificates", first("CertificateArn")),
            "default_action": Block(
                "DefaultActions",
                {
                    "redirect": Block("RedirectConfig", {"host": "", "port": "", "protocol": "", "status_code": ""}),
                    "target_group_arn": "",
                    "type": "",
                },
            ),
            "load_balancer_arn": "",
            "port": Read("Port", number),
            "protocol": "",
            "ssl_policy": "",
        },
        covers=("aws_alb_listener",),
    ),
    "AWS::ElasticLoadBalancingV2::TargetGroup": Kind(
        "aws_lb_target_group",
        {
            "health_check": Block(
                WHOLE,
                {
                    "enabled": "HealthCheckEnabled",
                    "path": "HealthCheckPath",
                    "protocol": "HealthCheckProtocol",
                },
            ),
            "port": Read("Port", number),
            "protocol": "",
            "target_type": "",
            "vpc_id": "",
        },
        covers=("aws_alb_target_group",),
    ),
    "AWS::CloudFront::ResponseHeadersPolicy": Kind(
        "aws_cloudfront_response_headers_policy",
        {
            "security_headers_config": Block(
                "ResponseHeadersPolicyConfig.SecurityHeadersConfig",
                {
                    "strict_transport_security": Block(
                        "StrictTransportSecurity",
                        {
                            "access_control_max_age_sec": Read("AccessControlMaxAgeSec", number),
                            "include_subdomains": "",
                            "override": "",
                            "preload": "",
                        },
                    )
                },
            )
        },
    ),
    "AWS::ElasticLoadBalancing::LoadBalancer": Kind(
        "aws_elb",
        {
            "access_logs": Block("AccessLoggingPolicy", {"bucket": "S3BucketName", "enabled": "Enabled"}),
            "cross_zone_load_balancing": "CrossZone",
            "desync_mitigation_mode": None,
            "internal": Read("Scheme", same("internal")),
            "listener": Block(
                "Listeners",
                {
                    "instance_protocol": "InstanceProtocol",
                    "lb_port": Read("LoadBalancerPort", number),
                    "lb_protocol": "Protocol",
                    "ssl_certificate_id": "SSLCertificateId",
                },
            ),
            "load_balancer_type": None,
            "name": "LoadBalancerName",
            "security_groups": "",
            "tags": Read("Tags", tags),
        },
        parts=(
            Part(
                "aws_load_balancer_policy",
                "Policies",
                "load_balancer_name",
                {
                    "policy_attribute": Block("Attributes", {"name": "", "value": ""}),
                    "policy_name": "",
                    "policy_type_name": "PolicyType",
                },
            ),
        ),
    ),
    "AWS::CloudFront::Distribution": Kind(
        "aws_cloudfront_distribution",
        {
            "default_cache_behavior": Block(
                "DistributionConfig.DefaultCacheBehavior",
                {
                    "response_headers_policy_id": "",
                    "target_origin_id": "",
                    "viewer_protocol_policy": "",
                },
            ),
            "default_root_object": "DistributionConfig.DefaultRootObject",
            "enabled": "DistributionConfig.Enabled",
            "logging_config": Block("DistributionConfig.Logging", {"bucket": "", "prefix": ""}),
            "ordered_cache_behavior": Block(
                "DistributionConfig.CacheBehaviors",
                {
                    "path_pattern": "",
                    "response_headers_policy_id": "",
                    "target_origin_id": "",
                    "viewer_protocol_policy": "",
                },
            ),
            "origin_group": Block(
                "DistributionConfig.OriginGroups.Items",
                {
                    "failover_criteria": Block("FailoverCriteria", {"status_codes": "StatusCodes.Items"}),
                    "member": Block("Members.Items", {"origin_id": ""}),
                },
            ),
            "origin": Block(
                "DistributionConfig.Origins",
                {
                    "custom_origin_config": Block(
                        "CustomOriginConfig",
                        {"origin_protocol_policy": "", "origin_ssl_protocols": "OriginSSLProtocols"},
                    ),
                    "domain_name": "",
                    "origin_access_control_id": "",
                    "origin_id": "Id",
                    "s3_origin_config": Block("S3OriginConfig", {"origin_access_identity": ""}),
                },
            ),
            "restrictions": Block(
                "DistributionConfig.Restrictions",
                {"geo_restriction": Block("GeoRestriction", {"locations": "", "restriction_type": ""})},
            ),
            "tags": Read("Tags", tags),
            "viewer_certificate": Block(
                "DistributionConfig.ViewerCertificate",
                {
                    "acm_certificate_arn": "",
                    "cloudfront_default_certificate": "",
                    "iam_certificate_id": "",
                    "minimum_protocol_version": "",
                },
            ),
            "web_acl_id": "DistributionConfig.WebACLId",
        },
    ),
    "AWS::NetworkFirewall::Firewall": Kind(
        "aws_networkfirewall_firewall",
        {
            "delete_protection": "",
            "encryption_configuration": Block("EncryptionConfiguration", {"key_id": "", "type": ""}),
            "name": "FirewallName",
        },
    ),
    "AWS::NetworkFirewall::LoggingConfiguration": Kind(
        "aws_networkfirewall_logging_configuration", {"firewall_arn": ""}
    ),
    "AWS::GlobalAccelerator::Accelerator": Kind("aws_globalaccelerator_accelerator", {"attributes": None, "name": ""}),
    "AWS::Transfer::Server": Kind(
        "aws_transfer_server", {"endpoint_type": "", "protocols": "", "security_policy_name": ""}
    ),
    "AWS::Route53::HostedZone": Kind(
        "aws_route53_zone",
        {"name": "", "vpc": Block("VPCs", {"vpc_id": "VPCId"})},
        parts=(
            Part(
                "aws_route53_query_log",
                "QueryLoggingConfig",
                "zone_id",
                {"cloudwatch_log_group_arn": "CloudWatchLogsLogGroupArn"},
            ),
        ),
        covers=("aws_route53_zone_association",),
    ),
    "AWS::Route53::DNSSEC": Kind("aws_route53_hosted_zone_dnssec", {"hosted_zone_id": "", "signing_status": None}),
    "AWS::Route53::KeySigningKey": Kind("aws_route53_key_signing_key", {"hosted_zone_id": "", "status": ""}),
    "AWS::Route53::RecordSet": Kind(
        "aws_route53_record",
        {
            "alias": Block("AliasTarget", {"name": "DNSName", "zone_id": "HostedZoneId"}),
            "name": "",
            "records": "ResourceRecords",
            "type": "",
            "zone_id": "HostedZoneId",
        },
    ),
}
