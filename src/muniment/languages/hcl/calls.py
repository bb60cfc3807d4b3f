"""Calls of functions: what is unknown or marked among the arguments is dealt with here, once for all of them."""

from typing import Any

from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.function import CallContext, Function
from muniment.languages.hcl.values import is_wholly_known, mark, unknown, unmark, unmark_deep
from muniment.languages.unknown import OpenList, Unknown

_PLAIN = (str, int, bool, type(None))


def invoke(function: Function, arguments: list[Any], context: CallContext) -> Any:
    """The result of a call; raises HclError with the function's name."""
    count = len(arguments)
    if count < function.least or (function.most is not None and count > function.most):
        raise HclError(f"{function.name} takes {_counts(function)}, not {count}", static=True)
    marks: frozenset[str] = frozenset()
    if not function.lazy and not all(type(argument) in _PLAIN for argument in arguments):
        if not function.sees_marks:
            arguments, marks = _without_marks(arguments)
        if not function.sees_unknown and not all(map(is_wholly_known, arguments)):
            return mark(unknown(arguments, function.returns), marks)
    if not function.takes_null and None in arguments:
        raise HclError(f"{function.name}: an argument is null")
    try:
        return mark(function.call(arguments, context), marks)
    except HclError as error:
        raise _named(error, function.name) from None


def _without_marks(arguments: list[Any]) -> tuple[list[Any], frozenset[str]]:
    marks: frozenset[str] = frozenset()
    result = []
    for argument in arguments:
        if type(argument) in _PLAIN:
            result.append(argument)
            continue
        value, more = unmark_deep(argument)
        marks |= more
        result.append(value)
    return result, marks


def _counts(function: Function) -> str:
    if function.most is None:
        return f"at least {function.least} arguments"
    if function.least == function.most:
        return f"{function.least} arguments"
    return f"{function.least} to {function.most} arguments"


def _named(error: HclError, name: str) -> HclError:
    """The error of a function with its name in front; one that has a place comes from an argument and stays."""
    if error.start >= 0 or error.static:
        return error
    found = error.diagnostic
    return HclError(f"{name}: {found.message}", code=found.code, hint=found.hint)


def expanded(value: Any) -> tuple[list[Any], frozenset[str], Unknown | None]:
    """The arguments that `value...` stands for, their marks, and the unknown value that makes the call unknown."""
    value, marks = unmark(value)
    if isinstance(value, Unknown | OpenList):
        return [], marks, unknown((value,))
    if not isinstance(value, tuple | list):
        raise HclError("only a list, set or tuple expands to arguments", code="invalid-type")
    return list(value), marks, None
