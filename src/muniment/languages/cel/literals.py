"""Closures of constants, lists and maps."""

from collections.abc import Mapping
from typing import Any

from muniment.languages.cel.ast import ListNode, Literal, MapNode, Node
from muniment.languages.cel.code import Code, Frame
from muniment.languages.cel.errors import CelEvaluationError
from muniment.languages.cel.values import Optional, key_of, no_overload, unknowns
from muniment.languages.unknown import OpenList, OpenMap, Unknown


def constant(value: Any) -> Code:
    """What is the same for all data."""
    return lambda _scope, _frame: value


def value_of(node: Node) -> Any:
    """The value of a tree of constants."""
    if isinstance(node, ListNode):
        return [value_of(element) for element, _ in node.elements]
    if isinstance(node, MapNode):
        parts = tuple((constant(value_of(key)), constant(value_of(value)), False) for key, value, _ in node.entries)
        return map_of(parts, {}, [])
    return node.value if isinstance(node, Literal) else None


def list_with_optionals(parts: tuple[tuple[Code, bool], ...], scope: Mapping[str, Any], frame: Frame) -> list[Any]:
    """`[a, ?b]`; unknown optionals leave the list open."""
    out: list[Any] = []
    causes: list[Unknown] = []
    for code, optional in parts:
        value = code(scope, frame)
        if not optional:
            out.append(value)
        elif isinstance(value, Unknown):
            causes.append(value)
        elif not isinstance(value, Optional):
            raise no_overload("[?_]", value)
        elif value.present:
            out.append(value.value)
    return OpenList(out, unknowns(*causes).causes) if causes else out


def map_of(parts: tuple[tuple[Code, Code, bool], ...], scope: Mapping[str, Any], frame: Frame) -> dict[Any, Any]:
    """`{k: v, ?k: v}`; unknown keys and optionals leave the map open."""
    out: dict[Any, Any] = {}
    causes: list[Unknown] = []
    for key_code, value_code, optional in parts:
        key, value = key_code(scope, frame), value_code(scope, frame)
        if isinstance(key, Unknown) or (optional and isinstance(value, Unknown)):
            causes.append(unknowns(key, value))
            continue
        if type(key) is float:
            raise CelEvaluationError("unsupported key type: double")
        place = key_of(key)
        if place in out:
            raise CelEvaluationError(f"Failed with repeated key: {key}")
        if optional:
            if not isinstance(value, Optional):
                raise no_overload("{?_:_}", value)
            if not value.present:
                continue
            value = value.value
        out[place] = value
    return OpenMap(out, unknowns(*causes).causes) if causes else out
