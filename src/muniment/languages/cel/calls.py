"""Closures that call functions: unknown arguments make an unknown result, and no argument can crash the caller."""

from collections.abc import Callable, Mapping
from typing import Any

from muniment.languages.cel.code import Code, Frame
from muniment.languages.cel.errors import CelEvaluationError, exhausted
from muniment.languages.cel.function import Function
from muniment.languages.cel.values import no_overload, unknowns
from muniment.languages.unknown import OpenList, OpenMap, Unknown

_CRASHES = (TypeError, AttributeError, ValueError, KeyError, IndexError, OverflowError, ArithmeticError)
"""What a function may raise for values that it was not made for."""


def invoke(function: Function, codes: tuple[Code, ...]) -> Code:
    """Calls a function with the values of `codes`."""
    call = answering(function)
    if function.scoped:
        return lambda scope, frame: weighed(frame, call(scope, *[code(scope, frame) for code in codes]))
    if len(codes) == 1:
        only = codes[0]
        return lambda scope, frame: weighed(frame, call(only(scope, frame)))
    if len(codes) == 2:
        first, second = codes
        return lambda scope, frame: weighed(frame, call(first(scope, frame), second(scope, frame)))
    return lambda scope, frame: weighed(frame, call(*[code(scope, frame) for code in codes]))


def weighed(frame: Frame, value: Any) -> Any:
    """Counts what an expression builds: macros can build one large value after another.

    Raises CelEvaluationError where all of it together is too large.
    """
    kind = type(value)
    if kind is str or kind is list or kind is bytes:
        frame[2] -= len(value)
        if frame[2] < 0:
            raise exhausted()
    return value


def answering(function: Function) -> Callable[..., Any]:
    """The function for any values: it answers, or raises CelEvaluationError."""
    call, name = function.call, function.name
    doubt = _doubt_within if function.whole else _doubt

    def answer(*values: Any) -> Any:
        try:
            return call(*values)
        except CelEvaluationError:
            raise
        except _CRASHES as error:
            raise no_overload(name, *(value for value in values if not isinstance(value, Mapping))) from error

    def answer_if_known(*values: Any) -> Any:
        found = doubt(values)
        return answer(*values) if found is None else found

    return answer if function.unknowns else answer_if_known


def _doubt(values: tuple[Any, ...]) -> Unknown | None:
    for value in values:
        if isinstance(value, Unknown):
            return unknowns(*values)
    return None


def _doubt_within(values: tuple[Any, ...]) -> Unknown | None:
    """An unknown value among the arguments or their members, or a collection that may hold more than is known."""
    for value in values:
        if isinstance(value, Unknown | list | dict):
            doubts = _unknown_parts(values, set())
            return unknowns(*doubts) if doubts else None
    return None


def _unknown_parts(value: Any, seen: set[int]) -> list[Unknown]:
    if isinstance(value, Unknown):
        return [value]
    if not isinstance(value, list | tuple | dict) or id(value) in seen:
        return []
    seen.add(id(value))
    found = [Unknown(value.causes)] if isinstance(value, OpenList | OpenMap) else []
    for member in value.values() if isinstance(value, dict) else value:
        found.extend(_unknown_parts(member, seen))
    return found
