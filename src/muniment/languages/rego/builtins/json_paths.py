"""`json.filter` and `json.remove`: objects cut down to, or freed of, what stands at some paths."""

from types import MappingProxyType
from typing import Any, Final

from muniment.languages.rego.signatures import BuiltinError
from muniment.languages.rego.values import Value, key_of, members, type_name, value_of

Tree = dict[Any, Any]
"""Paths as nested objects; a path ends in None."""


def path_of(value: Value) -> list[Value]:
    """The steps of a path, which is a text with slashes or an array."""
    if value.__class__ is list:
        return value
    if value.__class__ is not str:
        message = "operand 2 must be one of {set, array} containing string paths or array of path segments but got"
        raise BuiltinError(f"{message} {type_name(value)}", code="eval_type_error")
    if not value:
        return []
    return [step.replace("~1", "/").replace("~0", "~") for step in value.lstrip("/").split("/")]


def _tree(paths: Value) -> Tree:
    """All paths; one that leads through the end of another adds nothing."""
    root: Tree = {}
    for path in map(path_of, members(paths) if paths.__class__ is frozenset else paths):
        node: Tree | None = root
        for step in path[:-1]:
            node = node.setdefault(key_of(step), {}) if node is not None else None
        if path and node is not None:
            node[key_of(path[-1])] = None
    return root


def remove(document: dict[Any, Value], paths: Value) -> Value:
    """The object without what stands at the paths; arrays close up."""
    return _without(document, _tree(paths))


def _without(value: Value, tree: Tree) -> Value:
    kind = value.__class__
    if kind is dict:
        return {
            key: _without(member, tree[key]) if tree.get(key) else member
            for key, member in value.items()
            if tree.get(key, tree) is not None
        }
    if kind is list:
        kept = ((tree.get(str(index), {}), member) for index, member in enumerate(value))
        return [_without(member, branch) if branch else member for branch, member in kept if branch is not None]
    if kind is frozenset:
        return frozenset(
            key_of(_without(value_of(key), tree[key])) if tree.get(key) else key
            for key in value
            if tree.get(key, tree) is not None
        )
    return value


def keep(document: dict[Any, Value], paths: Value) -> Value:
    """The object with nothing but what stands at the paths."""
    return _only(document, _tree(paths))


def _only(value: Value, tree: Tree | None) -> Value:
    if tree is None:
        return value
    kind = value.__class__
    if kind is dict:
        return {key: _only(value[key], branch) for key, branch in tree.items() if key in value}
    if kind is list:
        branches = ((str(index), member) for index, member in enumerate(value))
        return [_only(member, tree[index]) for index, member in branches if index in tree]
    if kind is frozenset:
        return frozenset(key_of(_only(value_of(key), branch)) for key, branch in tree.items() if key in value)
    return value


FUNCTIONS: Final = MappingProxyType({"json.filter": keep, "json.remove": remove})
