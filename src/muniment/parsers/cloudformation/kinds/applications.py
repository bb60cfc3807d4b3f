"""Interfaces of applications: REST, GraphQL, HTTP."""

from collections.abc import Mapping
from typing import Final

from muniment.parsers.cloudformation.entries import WHOLE, Block, Entries, Kind, Part, Read
from muniment.parsers.cloudformation.translations import tags

_STAGE: Final[Entries] = {
    "access_log_settings": Block("AccessLogSetting", {"destination_arn": "", "format": ""}),
    "cache_cluster_enabled": "",
    "client_certificate_id": "",
    "rest_api_id": "",
    "stage_name": "",
    "tags": Read("Tags", tags),
    "variables": "",
    "xray_tracing_enabled": "TracingEnabled",
}
_SETTINGS: Final = Part(
    "aws_api_gateway_method_settings",
    "MethodSettings",
    "stage_name",
    {
        "method_path": "ResourcePath",
        "settings": Block(
            WHOLE,
            {
                "cache_data_encrypted": "",
                "caching_enabled": "",
                "data_trace_enabled": "",
                "logging_level": "",
                "metrics_enabled": "",
            },
        ),
    },
)

_SITE: Final[Entries] = {"basic_auth_credentials": "BasicAuthConfig.Password", "name": ""}

KINDS: Final[Mapping[str, Kind]] = {
    "AWS::ApiGateway::Stage": Kind("aws_api_gateway_stage", _STAGE, parts=(_SETTINGS,)),
    "AWS::Serverless::Api": Kind(
        "aws_api_gateway_stage", {**_STAGE, "rest_api_id": None, "tags": "Tags"}, parts=(_SETTINGS,)
    ),
    "AWS::ApiGateway::RestApi": Kind(
        "aws_api_gateway_rest_api",
        {
            "body": "Body",
            "endpoint_configuration": Block("EndpointConfiguration", {"types": "", "vpc_endpoint_ids": ""}),
            "minimum_compression_size": "",
            "name": "",
            "policy": "Policy",
        },
        covers=("aws_api_gateway_rest_api_policy",),
    ),
    "AWS::ApiGateway::Deployment": Kind("aws_api_gateway_deployment", {"rest_api_id": "", "stage_name": ""}),
    "AWS::ApiGateway::Method": Kind(
        "aws_api_gateway_method",
        {
            "api_key_required": "",
            "authorization": "AuthorizationType",
            "http_method": "",
            "request_validator_id": "",
            "resource_id": "",
            "rest_api_id": "",
        },
    ),
    "AWS::ApiGateway::DomainName": Kind("aws_api_gateway_domain_name", {"domain_name": "", "security_policy": ""}),
    "AWS::ApiGatewayV2::Stage": Kind(
        "aws_apigatewayv2_stage",
        {
            "access_log_settings": Block("AccessLogSettings", {"destination_arn": "", "format": ""}),
            "api_id": "",
            "name": "StageName",
        },
    ),
    "AWS::Serverless::HttpApi": Kind(
        "aws_apigatewayv2_stage",
        {
            "access_log_settings": Block("AccessLogSettings", {"destination_arn": "", "format": ""}),
            "api_id": None,
            "name": "StageName",
        },
    ),
    "AWS::ApiGatewayV2::Route": Kind(
        "aws_apigatewayv2_route", {"api_id": "", "authorization_type": "", "route_key": ""}
    ),
    "AWS::Amplify::App": Kind("aws_amplify_app", {**_SITE, "access_token": "", "oauth_token": ""}),
    "AWS::Amplify::Branch": Kind("aws_amplify_branch", _SITE),
    "AWS::AppSync::GraphQLApi": Kind(
        "aws_appsync_graphql_api",
        {
            "authentication_type": "",
            "log_config": Block("LogConfig", {"cloudwatch_logs_role_arn": "", "field_log_level": ""}),
            "name": "",
            "xray_enabled": "",
        },
    ),
    "AWS::AppSync::ApiCache": Kind(
        "aws_appsync_api_cache", {"at_rest_encryption_enabled": "", "transit_encryption_enabled": ""}
    ),
}
