"""The sections of a template, and what of them is known before any deployment."""

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from muniment.languages.unknown import Cause, Unknown

SERVERLESS: Final = "AWS::Serverless-2016-10-31"
LANGUAGE: Final = "AWS::LanguageExtensions"
_NUMBER: Final = "Number"
_LISTS: Final = ("CommaDelimitedList", "List<")
_DIGITS: Final = re.compile(r"[+-]?[0-9]+([.][0-9]+)?")
_LONGEST: Final = 40
"""Characters of a number."""
_STORED: Final = "AWS::SSM::Parameter::Value<"


class Choice(NamedTuple):
    """The type of a parameter without a value that allows only some."""

    allowed: tuple[Any, ...]


class Template:
    """A template's sections. What is not a mapping where one belongs counts as empty."""

    __slots__ = ("conditions", "macros", "mappings", "outputs", "parameters", "raw", "resources", "serverless")

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw = raw
        self.parameters = mapping(raw.get("Parameters"))
        self.mappings = mapping(raw.get("Mappings"))
        self.conditions = mapping(raw.get("Conditions"))
        self.resources = mapping(raw.get("Resources"))
        self.outputs = mapping(raw.get("Outputs"))
        named = raw.get("Transform")
        transforms = named if isinstance(named, list) else [named]
        self.serverless = SERVERLESS in transforms
        self.macros = tuple(_name(one) for one in transforms if one not in (None, SERVERLESS, LANGUAGE))
        """Transforms that nobody here can follow."""


def mapping(value: Any) -> Mapping[str, Any]:
    """The value if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def _name(transform: Any) -> str:
    return str(transform["Name"] if isinstance(transform, dict) and "Name" in transform else transform)[:80]


def parameter_value(name: str, declared: Any) -> Any:
    """The value that a parameter has unless a deployment says otherwise: its default."""
    body = mapping(declared)
    kind = str(body.get("Type") or "String")
    allowed = body.get("AllowedValues")
    choices = [_typed(kind, one) for one in allowed] if isinstance(allowed, list) else []
    cause = (Cause("parameter", name),)
    if kind.startswith(_STORED):
        return Unknown(cause)
    if body.get("Default") is None or isinstance(body["Default"], dict):
        return choices[0] if len(choices) == 1 else Unknown(cause, Choice(tuple(choices)) if choices else None)
    return _typed(kind, body["Default"])


def _typed(kind: str, value: Any) -> Any:
    if kind.startswith(_LISTS):
        return value if isinstance(value, list) else [part.strip() for part in str(value).split(",")]
    if kind == _NUMBER:
        return number(value)
    return text(value)


def number(value: Any) -> Any:
    """A number, however it is written; anything else as it is."""
    if isinstance(value, str) and len(value) <= _LONGEST and (found := _DIGITS.fullmatch(value)):
        return float(value) if found[1] else int(value)
    return value


def text(value: Any) -> Any:
    """A scalar as the text that the service makes of it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value
