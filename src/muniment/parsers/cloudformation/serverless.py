"""The Globals of a serverless template: they hold for every resource of a type that does not say otherwise."""

from collections.abc import Mapping
from typing import Any, Final

from muniment.parsers.cloudformation.template import mapping

_SECTIONS: Final[Mapping[str, str]] = {
    "AWS::Serverless::Api": "Api",
    "AWS::Serverless::CapacityProvider": "CapacityProvider",
    "AWS::Serverless::Function": "Function",
    "AWS::Serverless::HttpApi": "HttpApi",
    "AWS::Serverless::LayerVersion": "LayerVersion",
    "AWS::Serverless::SimpleTable": "SimpleTable",
    "AWS::Serverless::StateMachine": "StateMachine",
}


def with_globals(kind: str, properties: Any, raw: Mapping[str, Any]) -> Any:
    """Properties over the Globals of their type: maps are merged, lists are joined, anything else is replaced."""
    section = mapping(mapping(raw.get("Globals")).get(_SECTIONS.get(kind, "")))
    return _merged(section, mapping(properties)) if section else properties


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    out = dict(below)
    for key, value in above.items():
        held = out.get(key)
        if isinstance(held, dict) and isinstance(value, dict) and not _is_function(held) and not _is_function(value):
            out[key] = _merged(held, value)
        elif isinstance(held, list) and isinstance(value, list):
            out[key] = [*held, *value]
        else:
            out[key] = value
    return out


def _is_function(value: Mapping[str, Any]) -> bool:
    return len(value) == 1 and next(iter(value)).startswith(("Ref", "Fn::"))
