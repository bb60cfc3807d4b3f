"""Conversions of types, attempts, and what concerns marks."""

from typing import Any

from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.function import Argument, CallContext, Function
from muniment.languages.hcl.functions.signature import argument
from muniment.languages.hcl.types import ANY, BOOL, NUMBER, STRING, ListType, MapType, SetType, Type
from muniment.languages.hcl.values import (
    EPHEMERAL,
    SENSITIVE,
    Marked,
    SetValue,
    mark,
    members,
    rebuild,
    unknown,
    unmark,
    unmark_deep,
)
from muniment.languages.unknown import OpenList, Unknown


def conversion_functions() -> list[Function]:
    """The type group."""
    return [
        Function("can", _can, BOOL, 1, 1, lazy=True),
        _with_marks("ephemeralasnull", _ephemeral_as_null),
        _with_marks("issensitive", _is_sensitive, BOOL),
        _with_marks("nonsensitive", _non_sensitive),
        _with_marks("sensitive", lambda value: mark(value, frozenset({SENSITIVE}))),
        _to("tobool", BOOL),
        _to("tolist", ListType(ANY)),
        _to("tomap", MapType(ANY)),
        _to("tonumber", NUMBER),
        _with_marks("toset", _to_set, SetType(ANY)),
        _to("tostring", STRING),
        Function("try", _try, least=1, lazy=True),
    ]


def _with_marks(name: str, body: Any, returns: Type = ANY) -> Function:
    return Function(name, lambda arguments, _: body(arguments[0]), returns, 1, 1, sees_unknown=True, sees_marks=True)


def _to(name: str, kind: Type) -> Function:
    return _with_marks(name, lambda value: argument(value, kind, 0), kind)


def _to_set(value: Any) -> Any:
    bare, marks = unmark_deep(value)
    result = argument(bare, SetType(ANY), 0)
    if isinstance(result, SetValue) and len(result) > 1:
        causes = unknown(result).causes
        # An unknown member may equal another, so that nobody can tell how many there are.
        result = OpenList(result, causes) if causes else result
    return mark(result, marks)


def _can(arguments: list[Argument], _: CallContext) -> Any:
    try:
        value = unmark(arguments[0].evaluate())[0]
    except HclError as error:
        if error.static:
            raise
        return False
    return unknown((value,), BOOL) if isinstance(value, Unknown) else True


def _try(arguments: list[Argument], _: CallContext) -> Any:
    reasons: list[str] = []
    for candidate in arguments:
        try:
            return candidate.evaluate()
        except HclError as error:
            if error.static:
                raise
            reasons.append(error.diagnostic.message)
    raise HclError(f"no expression succeeded: {'; '.join(reasons)}", code="invalid-argument")


def _is_sensitive(value: Any) -> bool | Unknown:
    if SENSITIVE in unmark(value)[1]:
        return True
    return unknown((value,), BOOL) if isinstance(value, Unknown) else False


def _non_sensitive(value: Any) -> Any:
    bare, marks = unmark(value)
    return mark(bare, marks - {SENSITIVE})


def _ephemeral_as_null(value: Any) -> Any:
    if isinstance(value, Marked):
        return None if EPHEMERAL in value.marks else mark(_ephemeral_as_null(value.value), value.marks)
    if isinstance(value, tuple | list | dict):
        return rebuild(value, [_ephemeral_as_null(member) for member in members(value)])
    return value
