"""`json.patch`: RFC 6902 on any value, sets included; every operation makes a new value beside the old one."""

import re
from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from muniment.languages.rego.builtins.json_paths import path_of
from muniment.languages.rego.signatures import BuiltinError, operand_error
from muniment.languages.rego.values import UNDEFINED, Value, child, equal, key_of, to_text, type_name

Edit = Callable[[Value, Value], Value]
"""A container with a change at a key."""
Operation = dict[str, Value]


def patch(document: Value, operations: Value) -> Value:
    """The value after all operations, one after the other. Raises BuiltinError if one of them cannot be done."""
    if operations.__class__ is not list:
        raise operand_error(2, "array", operations)
    for operation in operations:
        if operation.__class__ is not dict:
            message = "must be an array of JSON-Patch objects, but at least one element is not an object"
            raise BuiltinError(message)
        document = _apply(document, operation)
    return document


def _apply(document: Value, operation: Operation) -> Value:
    path = path_of(_attribute(operation, "path"))
    name = _attribute(operation, "op")
    if name.__class__ is not str:
        raise BuiltinError(f"attribute 'op' must be a string but found: {type_name(name)}")
    if name in {"add", "replace"}:
        value = _attribute(operation, "value")
        return _inserted(_removed(document, path) if name == "replace" else document, path, value)
    if name == "remove":
        return _removed(document, path)
    if name in {"move", "copy"}:
        source = path_of(_attribute(operation, "from"))
        value = _at(document, source)
        return _inserted(_removed(document, source) if name == "move" else document, path, value)
    if name == "test":
        found, value = _at(document, path), _attribute(operation, "value")
        if not equal(found, value):
            raise BuiltinError(f"the value at the path is {to_text(found)}, not {to_text(value)}")
        return document
    raise BuiltinError(f"unrecognized op: '{name}'")


def _attribute(operation: Operation, name: str) -> Value:
    if name not in operation:
        raise BuiltinError(f"missing required attribute '{name}'")
    return operation[name]


def _at(value: Value, path: list[Value]) -> Value:
    for step in path:
        value = _member(value, step)
    return value


def _member(container: Value, step: Value) -> Value:
    if container.__class__ is list:
        return container[_index(container, step, len(container) - 1)]
    found = child(container, step)
    if found is UNDEFINED:
        raise BuiltinError(f"path {to_text(step)} does not exist")
    return found


def _inserted(document: Value, path: list[Value], value: Value) -> Value:
    return _edited(document, path, lambda container, key: _with(container, key, value)) if path else value


def _removed(document: Value, path: list[Value]) -> Value:
    return _edited(document, path, _without) if path else None


def _edited(value: Value, path: list[Value], edit: Edit) -> Value:
    """The value with its innermost container on the path changed."""
    step = path[0]
    if len(path) == 1:
        return edit(value, step)
    inner = _edited(_member(value, step), path[1:], edit)
    if value.__class__ is list:
        at = _index(value, step, len(value) - 1)
        return [*value[:at], inner, *value[at + 1 :]]
    if value.__class__ is dict:
        return {**value, key_of(step): inner}
    return value - {key_of(step)} | {key_of(inner)}


def _with(container: Value, key: Value, value: Value) -> Value:
    """The container with a value put in at a key; members of arrays behind it move up."""
    kind = container.__class__
    if kind is dict:
        return {**container, key_of(key): value}
    if kind is list:
        at = _index(container, key, len(container))
        return [*container[:at], value, *container[at:]]
    if kind is frozenset:
        if not equal(key, value):
            raise BuiltinError(f"set key {to_text(key)} does not equal value to be inserted {to_text(value)}")
        return container | {key_of(value)}
    raise BuiltinError(f"expected composite type, found value: {to_text(container)}")


def _without(container: Value, key: Value) -> Value:
    """The container without what stands at a key; members of arrays behind it move down."""
    _member(container, key)
    if container.__class__ is list:
        at = _index(container, key, len(container) - 1)
        return container[:at] + container[at + 1 :]
    if container.__class__ is dict:
        return {name: value for name, value in container.items() if name != key_of(key)}
    return container - {key_of(key)}


def _index(array: list[Value], key: Value, last: int) -> int:
    """The index that a number or text names; `-` is the place behind the last member."""
    if key == "-":
        index = len(array)
    elif key.__class__ is str and re.fullmatch("0|-?[1-9][0-9]{0,9}", key):
        index = int(key)
    elif key.__class__ is int:
        index = key
    else:
        raise BuiltinError(f"{to_text(key)} is no index of an array")
    if not 0 <= index <= last:
        raise BuiltinError("index of an array out of bounds")
    return index


FUNCTIONS: Final = MappingProxyType({"json.patch": patch})
