"""Explicit tags: the core ones convert, CloudFormation's short forms become functions, others are only noted."""

import base64
from typing import Any, Final, NamedTuple

from muniment.languages.yaml.scalars import Resolve

_CORE: Final = "tag:yaml.org,2002:"


class Tagged(NamedTuple):
    """A value under a tag that means nothing here."""

    value: Any


def tagged(tag: str, value: Any, mode: str, resolve: Resolve) -> Any:
    """The value that a tag makes of a node; `Tagged` if it makes nothing. Raises ValueError if it cannot."""
    if tag.startswith(_CORE):
        return _core(tag.removeprefix(_CORE), value, resolve)
    if mode == "cloudformation" and tag.startswith("!"):
        return _function(tag[1:], value)
    return Tagged(resolve(value) if isinstance(value, str) else value)


def _core(name: str, value: Any, resolve: Resolve) -> Any:
    if name in {"str", "map", "seq"}:
        return value
    if name == "binary" and isinstance(value, str):
        return base64.b64decode(value, validate=False).decode("utf-8", "replace")
    if name == "null":
        return None
    if name in {"int", "float", "bool"} and isinstance(value, str):
        found = resolve(value)
        kinds: dict[str, set[type]] = {"int": {int}, "float": {int, float}, "bool": {bool}}
        wanted = kinds[name]
        if type(found) not in wanted:
            raise ValueError(f"{value!r} is no {name}")
        return found
    return Tagged(value)


def _function(name: str, value: Any) -> dict[str, Any]:
    if name in {"Ref", "Condition"}:
        return {name: value}
    if name == "GetAtt" and isinstance(value, str):
        return {"Fn::GetAtt": list(value.split(".", 1))}
    return {f"Fn::{name}": value}
