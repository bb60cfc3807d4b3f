"""Closures that read names and fields: most of what an evaluation does, so each common shape has one of its own.

A plain map answers at once; whatever else a path meets (null, an unknown value, an optional, an absent key) is left
to `operators`, which knows the dialects.
"""

from collections.abc import Callable, Mapping
from typing import Any

from muniment.languages.cel.code import Code, Frame
from muniment.languages.cel.errors import CelEvaluationError
from muniment.languages.cel.operators import has, select
from muniment.languages.cel.values import Optional


def named(scope: Mapping[str, Any], name: str) -> Any:
    """The value of a variable. Raises CelEvaluationError if the scope has none."""
    try:
        return scope[name]
    except KeyError:
        raise CelEvaluationError(f"no value for {name!r}") from None


def variable(name: str, fields: tuple[str, ...], *, null_safe: bool) -> Code:
    """Reads `name.field.field`."""
    if not fields:
        return lambda scope, _frame: named(scope, name)
    if null_safe:
        return lambda scope, _frame: _lenient(named(scope, name), fields)
    first, *others = fields

    def read_one(scope: Mapping[str, Any], _frame: Frame) -> Any:
        try:
            return scope[name][first]
        except (KeyError, TypeError):
            return _strict(named(scope, name), fields)

    if not others:
        return read_one
    second, rest = others[0], tuple(others[1:])

    def read_more(scope: Mapping[str, Any], _frame: Frame) -> Any:
        try:
            value = scope[name][first][second]
            for field in rest:
                value = value[field]
        except (KeyError, TypeError):
            return _strict(named(scope, name), fields)
        return value

    return read_more


def bound(slot: int, fields: tuple[str, ...], *, null_safe: bool) -> Code:
    """Reads fields of what a macro has bound."""
    if not fields:
        return lambda _scope, frame: frame[slot]
    if null_safe:
        return lambda _scope, frame: _lenient(frame[slot], fields)
    first, rest = fields[0], fields[1:]

    def read_one(_scope: Mapping[str, Any], frame: Frame) -> Any:
        try:
            return frame[slot][first]
        except (KeyError, TypeError):
            return _strict(frame[slot], fields)

    def read_more(_scope: Mapping[str, Any], frame: Frame) -> Any:
        try:
            value = frame[slot][first]
            for field in rest:
                value = value[field]
        except (KeyError, TypeError):
            return _strict(frame[slot], fields)
        return value

    return read_more if rest else read_one


def member(operand: Code, fields: tuple[str, ...], *, null_safe: bool) -> Code:
    """Reads fields of any expression."""
    walk = _lenient if null_safe else _strict
    return lambda scope, frame: walk(operand(scope, frame), fields)


def _strict(value: Any, fields: tuple[str, ...]) -> Any:
    for field in fields:
        value = value[field] if type(value) is dict and field in value else select(value, field, null_safe=False)
    return value


def _lenient(value: Any, fields: tuple[str, ...]) -> Any:
    for field in fields:
        value = value.get(field) if type(value) is dict else select(value, field, null_safe=True)
    return value


def watched(operand: Code, key: Any, read: Callable[[Any], Any]) -> Code:
    """Reads one member and tells the observer, which is in the second slot of a frame."""

    def watch(scope: Mapping[str, Any], frame: Frame) -> Any:
        container = operand(scope, frame)
        value = read(container)
        frame[1](plain(container), key, plain(value))
        return value

    return watch


def plain(value: Any) -> Any:
    """What an optional holds: observers know nothing of optionals."""
    return value.value if isinstance(value, Optional) else value


def present(operand: Code, name: str, *, null_safe: bool, observed: bool) -> Code:
    """`has(operand.name)`."""

    def test(scope: Mapping[str, Any], frame: Frame) -> Any:
        container = operand(scope, frame)
        if type(container) is dict and name not in container:
            return False
        return has(container, name, null_safe=null_safe)

    def watch(scope: Mapping[str, Any], frame: Frame) -> Any:
        container = operand(scope, frame)
        held = plain(container)
        frame[1](held, name, held.get(name) if isinstance(held, dict) else None)
        return has(container, name, null_safe=null_safe)

    return watch if observed else test
