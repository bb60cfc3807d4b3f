"""How a plain Python function becomes a `Function`: arguments converted to declared types, members' marks kept."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from muniment.languages.hcl.convert import convert
from muniment.languages.hcl.errors import HclError, limit_exceeded
from muniment.languages.hcl.function import CallContext, Function
from muniment.languages.hcl.types import ANY, STRING, Type
from muniment.languages.hcl.values import Marked, mark, nfc, unknown, unmark
from muniment.languages.unknown import Unknown

Body = Callable[..., Any]
"""Takes the converted arguments one by one."""

_INT64 = 1 << 63


def typed(
    name: str, body: Body, *parameters: Type, rest: Type | None = None, least: int | None = None, returns: Type = ANY
) -> Function:
    """A function of known arguments: each is converted to its parameter's type, further ones to `rest`; no nulls."""
    call = _converting(body, parameters, rest, returns)
    count = len(parameters)
    return Function(
        name=name,
        call=lambda arguments, context: checked(call(arguments), context),
        returns=returns,
        least=count if least is None else least,
        most=count if rest is None else None,
        takes_null=False,
    )


def structural(
    name: str,
    body: Body,
    *parameters: Type,
    rest: Type | None = None,
    least: int | None = None,
    returns: Type = ANY,
) -> Function:
    """A function that moves members of collections without looking at them: they stay unknown, open or marked.

    An argument that is wholly unknown makes the result unknown; an argument's own marks go to the whole result.
    """
    call = _converting(body, parameters, rest, returns)
    count = len(parameters)
    return Function(
        name=name,
        call=_keeping_members(call, returns),
        returns=returns,
        least=count if least is None else least,
        most=count if rest is None else None,
        sees_unknown=True,
        sees_marks=True,
        takes_null=False,
    )


def tolerant(
    name: str, body: Body, *parameters: Type, rest: Type | None = None, least: int | None = None, returns: Type = ANY
) -> Function:
    """Like `structural`, but the marks of members are stripped and go to the whole result."""
    return structural(name, body, *parameters, rest=rest, least=least, returns=returns)._replace(sees_marks=False)


def partial(
    name: str, body: Body, *parameters: Type, rest: Type | None = None, least: int | None = None, returns: Type = ANY
) -> Function:
    """Like `typed`, but unknown and open arguments reach the body, which answers what they do not keep open."""
    return typed(name, body, *parameters, rest=rest, least=least, returns=returns)._replace(sees_unknown=True)


def _converting(
    body: Body, parameters: tuple[Type, ...], rest: Type | None, returns: Type
) -> Callable[[list[Any]], Any]:
    count = len(parameters)

    def call(arguments: list[Any]) -> Any:
        converted = [
            value if kind is ANY else argument(value, kind, position)
            for position, (value, kind) in enumerate(zip(arguments, parameters, strict=False))
        ]
        if len(arguments) > count and rest:
            converted += [argument(value, rest, count + place) for place, value in enumerate(arguments[count:])]
        try:
            result = body(*converted)
        except RecursionError:
            raise limit_exceeded("the value is nested too deeply") from None
        except UnicodeEncodeError:
            raise HclError("the text has half a surrogate pair", code="invalid-argument") from None
        return nfc(result) if returns is STRING and type(result) is str else result

    return call


def _keeping_members(call: Callable[[list[Any]], Any], returns: Type) -> Callable[[list[Any], CallContext], Any]:
    def wrapped(arguments: list[Any], context: CallContext) -> Any:
        bare, marks = shallow(arguments)
        if marks and None in bare:
            raise invalid(bare.index(None), "the argument is null")
        if any(isinstance(value, Unknown) for value in bare):
            return mark(unknown(bare, returns), marks)
        return mark(checked(call(bare), context), marks)

    return wrapped


def shallow(arguments: list[Any]) -> tuple[list[Any], frozenset[str]]:
    """The arguments without their own marks, and the union of these; the marks of members stay."""
    marks: frozenset[str] = frozenset()
    for value in arguments:
        if isinstance(value, Marked):
            marks |= value.marks
    return [unmark(value)[0] for value in arguments] if marks else arguments, marks


def argument(value: Any, kind: Type, position: int) -> Any:
    """An argument as one of its parameter's type; raises HclError that names its place, counted from 1."""
    if kind is STRING and type(value) is str:
        return value
    try:
        return convert(value, kind)
    except HclError as error:
        if error.static:
            raise
        raise invalid(position, error.diagnostic.message) from error


def invalid(position: int, message: str) -> HclError:
    """The error of the argument at `position`, from 0."""
    return HclError(f"argument {position + 1}: {message}", code="invalid-argument")


def checked(value: Any, context: CallContext) -> Any:
    """The value, unless it is larger than a string or a collection may be; raises HclError then."""
    limits = context.limits
    if isinstance(value, str):
        if len(value) > limits.string:
            raise limit_exceeded(f"the string would have more than {limits.string} characters")
    elif isinstance(value, tuple | list | dict) and len(value) > limits.items:
        raise limit_exceeded(f"the collection would have more than {limits.items} members")
    return value


def whole(value: float | Decimal, what: str = "value") -> int:
    """A number as a Python int; raises HclError unless it is whole and fits 64 bits."""
    if isinstance(value, int) and -_INT64 <= value < _INT64:
        return value
    raise HclError(f"{what} must be a whole number of at most 64 bits", code="invalid-argument")
