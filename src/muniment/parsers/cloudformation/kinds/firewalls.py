"""Web access lists, their rules and what they stand before."""

from collections.abc import Mapping
from typing import Final

from muniment.parsers.cloudformation.entries import Block, Entries, Kind

_COUNT: Final = Block("Count", {})
_GROUP: Final[Entries] = {
    "excluded_rule": Block("ExcludedRules", {"name": ""}),
    "name": "",
    "rule_action_override": Block(
        "RuleActionOverrides", {"action_to_use": Block("ActionToUse", {"count": _COUNT}), "name": ""}
    ),
    "vendor_name": "",
}
_RULES: Final[Entries] = {
    "activated_rule": None,
    "rule": Block(
        "Rules",
        {
            "action": "Action",
            "name": "",
            "override_action": Block("OverrideAction", {"count": _COUNT, "none": Block("None", {})}),
            "statement": Block(
                "Statement", {"managed_rule_group_statement": Block("ManagedRuleGroupStatement", _GROUP)}
            ),
        },
    ),
    "rule_json": None,
    "rules": None,
}

KINDS: Final[Mapping[str, Kind]] = {
    "AWS::WAFv2::WebACL": Kind("aws_wafv2_web_acl", {**_RULES, "name": "", "scope": ""}),
    "AWS::WAFv2::RuleGroup": Kind("aws_wafv2_rule_group", {**_RULES, "name": "", "scope": ""}),
    "AWS::WAFv2::LoggingConfiguration": Kind(
        "aws_wafv2_web_acl_logging_configuration",
        {"log_destination_configs": "", "resource_arn": ""},
    ),
    "AWS::WAFv2::WebACLAssociation": Kind(
        "aws_wafv2_web_acl_association", {"resource_arn": "", "web_acl_arn": "WebACLArn"}
    ),
    "AWS::WAFRegional::WebACLAssociation": Kind(
        "aws_wafregional_web_acl_association", {"resource_arn": "", "web_acl_id": "WebACLId"}
    ),
}
