"""Identities, rights, keys and secrets."""

from collections.abc import Mapping
from typing import Any, Final

from muniment.parsers.cloudformation.entries import WHOLE, Block, Entries, Fixed, Kind, Part, Read
from muniment.parsers.cloudformation.translations import first, number, same, tags

_DOCUMENT: Final[Entries] = {
    "inline_policy": None,
    "json": None,
    "name": "PolicyName",
    "policy": "PolicyDocument",
}
_ATTACHED: Final = Part(
    "aws_iam_policy_attachment",
    WHOLE,
    "policy_arn",
    {
        "groups": "Groups",
        "managed_policy_arn": None,
        "managed_policy_arns": None,
        "name": None,
        "policy_arn": None,
        "roles": "Roles",
        "users": "Users",
    },
)
_POLICY: Final[Entries] = {
    "inline_policy": None,
    "json": None,
    "name": "",
    "path": "",
    "policy": "PolicyDocument",
}


_ROLE_POLICY: Final = Kind(
    "aws_iam_role_policy", {**_POLICY, "name": "PolicyName", "role": "Roles"}, parts=(_ATTACHED,)
)


def _inline_policy(properties: Mapping[str, Any]) -> Kind | None:
    """A policy that is written into roles is one of theirs: who asks a role for its policies must find it."""
    return _ROLE_POLICY if properties.get("Roles") is not None else None


def _carrier(name: str) -> tuple[Part, ...]:
    """The policies that a user, role or group carries itself, and those that are attached to it."""
    attached: Entries = {name: None, "managed_policy_arn": None, "managed_policy_arns": None, "policy_arn": WHOLE}
    return (
        Part(f"aws_iam_{name}_policy", "Policies", name, _DOCUMENT),
        Part(f"aws_iam_{name}_policy_attachment", "ManagedPolicyArns", name, attached),
    )


_DIRECTORY: Final[Entries] = {"name": "", "password": "", "tags": None}

KINDS: Final[Mapping[str, Kind]] = {
    "AWS::IAM::Role": Kind(
        "aws_iam_role",
        {
            "assume_role_policy": "AssumeRolePolicyDocument",
            "inline_policy": None,
            "json": None,
            "managed_policy_arn": None,
            "managed_policy_arns": "ManagedPolicyArns",
            "max_session_duration": Read("MaxSessionDuration", number),
            "name": "RoleName",
            "permissions_boundary": "",
            "policy": None,
            "policy_arn": None,
            "tags": Read("Tags", tags),
        },
        parts=_carrier("role")[:1],
        covers=("aws_iam_role_policy_attachment",),
    ),
    "AWS::IAM::User": Kind(
        "aws_iam_user",
        {"name": "UserName", "path": "", "permissions_boundary": "", "tags": Read("Tags", tags)},
        parts=(
            *_carrier("user"),
            Part("aws_iam_user_login_profile", "LoginProfile", "user", {"password_reset_required": ""}),
        ),
        covers=("aws_iam_user_group_membership",),
    ),
    "AWS::IAM::Group": Kind("aws_iam_group", {"name": "GroupName", "path": ""}, parts=_carrier("group")),
    "AWS::IAM::UserToGroupAddition": Kind("aws_iam_group_membership", {"group": "GroupName", "users": "Users"}),
    "AWS::IAM::Policy": Kind(
        "aws_iam_policy", {**_POLICY, "name": "PolicyName"}, parts=(_ATTACHED,), choose=_inline_policy
    ),
    "AWS::IAM::ManagedPolicy": Kind("aws_iam_policy", {**_POLICY, "name": "ManagedPolicyName"}, parts=(_ATTACHED,)),
    "AWS::IAM::AccessKey": Kind("aws_iam_access_key", {"status": "", "user": "UserName"}),
    "AWS::IAM::InstanceProfile": Kind(
        "aws_iam_instance_profile",
        {"name": "InstanceProfileName", "role": Read("Roles", first())},
    ),
    "AWS::KMS::Key": Kind(
        "aws_kms_key",
        {
            "custom_key_store_id": None,
            "customer_master_key_spec": "KeySpec",
            "deletion_window_in_days": Read("PendingWindowInDays", number),
            "description": "",
            "enable_key_rotation": "",
            "is_enabled": "Enabled",
            "key_usage": "",
            "policy": "KeyPolicy",
            "tags": Read("Tags", tags),
        },
        covers=("aws_kms_key_policy",),
    ),
    "AWS::SecretsManager::Secret": Kind(
        "aws_secretsmanager_secret", {"kms_key_id": "", "name": "", "policy": None, "tags": Read("Tags", tags)}
    ),
    "AWS::SecretsManager::RotationSchedule": Kind(
        "aws_secretsmanager_secret_rotation",
        {
            "rotation_lambda_arn": "",
            "rotation_rules": Block(
                "RotationRules",
                {"automatically_after_days": Read("AutomaticallyAfterDays", number), "schedule_expression": ""},
            ),
            "secret_id": "",
        },
    ),
    "AWS::SecretsManager::ResourcePolicy": Kind(
        "aws_secretsmanager_secret_policy",
        {"access_policy": None, "policy": "ResourcePolicy", "secret_arn": "SecretId"},
    ),
    "AWS::Cognito::IdentityPool": Kind(
        "aws_cognito_identity_pool", {"allow_unauthenticated_identities": "", "identity_pool_name": ""}
    ),
    "AWS::CertificateManager::Certificate": Kind(
        "aws_acm_certificate",
        {
            "domain_name": "",
            "options": Block(
                WHOLE,
                {"certificate_transparency_logging_preference": "CertificateTransparencyLoggingPreference"},
            ),
            "subject_alternative_names": "",
            "tags": Read("Tags", tags),
            "validation_method": "",
        },
    ),
    "AWS::Cognito::UserPool": Kind(
        "aws_cognito_user_pool",
        {
            "email_mfa_configuration": Block("EnabledMfas", {"message": None}, where=same("EMAIL_OTP")),
            "mfa_configuration": "",
            "name": "UserPoolName",
            "sms_configuration": Block("SmsConfiguration", {"external_id": "", "sns_caller_arn": ""}),
            "software_token_mfa_configuration": Block(
                "EnabledMfas", {"enabled": Fixed(value=True)}, where=same("SOFTWARE_TOKEN_MFA")
            ),
        },
    ),
    "AWS::DirectoryService::MicrosoftAD": Kind("aws_directory_service_directory", _DIRECTORY),
    "AWS::DirectoryService::SimpleAD": Kind("aws_directory_service_directory", _DIRECTORY),
    "AWS::SSO::PermissionSet": Kind(
        "aws_ssoadmin_permission_set",
        {"name": ""},
        parts=(
            Part(
                "aws_ssoadmin_permission_set_inline_policy",
                "InlinePolicy",
                "permission_set_arn",
                {"inline_policy": WHOLE, "json": None, "policy": None},
            ),
        ),
    ),
}
