"""The math extension, base64, and optionals."""

import base64
import math
from typing import Any

from muniment.languages.cel.errors import CelEvaluationError
from muniment.languages.cel.function import Function
from muniment.languages.cel.operators import integer
from muniment.languages.cel.values import (
    LEAST,
    MOST_UNSIGNED,
    NONE,
    Duration,
    Optional,
    Timestamp,
    Uint,
    compare,
    no_overload,
)
from muniment.languages.unknown import OpenList, OpenMap, Unknown


def _extreme(name: str, sign: int) -> Any:
    def pick(*arguments: Any) -> Any:
        values = arguments[0] if len(arguments) == 1 and isinstance(arguments[0], list | tuple) else arguments
        if not values:
            raise CelEvaluationError(f"{name}(list) argument must not be empty")
        for value in values:
            if type(value) not in {int, Uint, float}:
                raise no_overload(name, *values)
        best = values[0]
        for value in values[1:]:
            if (compare(value, best, name) or 0) * sign > 0:
                best = value
        return best

    return pick


def _double(name: str, work: Any) -> Any:
    def apply(value: Any) -> Any:
        if type(value) is not float:
            raise no_overload(name, value)
        return work(value)

    return apply


def _whole(rounding: Any) -> Any:
    return lambda value: float(rounding(value)) if math.isfinite(value) else value


def _round(value: float) -> float:
    if not math.isfinite(value):
        return value
    return math.copysign(float(math.floor(abs(value) + 0.5)), value) if abs(value) < 2**52 else value


def _absolute(value: Any) -> Any:
    if type(value) is int:
        if value == LEAST:
            raise CelEvaluationError("integer overflow")
        return abs(value)
    if type(value) in {float, Uint}:
        return value if type(value) is Uint else abs(value)
    raise no_overload("math.abs", value)


def _sign(value: Any) -> Any:
    if type(value) is float:
        return value if value != value else float((value > 0) - (value < 0))  # noqa: PLR0124  NaN
    if type(value) is Uint:
        return Uint(value > 0)
    if type(value) is int:
        return (value > 0) - (value < 0)
    raise no_overload("math.sign", value)


def _sqrt(value: Any) -> float:
    if type(value) not in {int, Uint, float}:
        raise no_overload("math.sqrt", value)
    return math.sqrt(value) if value >= 0 else math.nan


def _bits(name: str, work: Any) -> Any:
    def apply(a: Any, b: Any) -> Any:
        if type(a) is not type(b) or type(a) not in {int, Uint}:
            raise no_overload(name, a, b)
        return type(a)(work(int(a), int(b)))

    return apply


def _not(value: Any) -> Any:
    if type(value) is int:
        return ~value
    if type(value) is Uint:
        return Uint(~int(value) & MOST_UNSIGNED)
    raise no_overload("math.bitNot", value)


def _shift(name: str, *, left: bool) -> Any:
    def apply(value: Any, by: Any) -> Any:
        if type(value) not in {int, Uint} or type(by) is not int:
            raise no_overload(name, value, by)
        if by < 0:
            raise CelEvaluationError(f"{name} negative offset: {by}")
        if by > 63:
            return type(value)(0)
        bits = int(value) & MOST_UNSIGNED
        moved = (bits << by) & MOST_UNSIGNED if left else bits >> by
        if type(value) is Uint:
            return Uint(moved)
        return integer(moved - 2**64 if moved >= 2**63 else moved)

    return apply


def math_functions() -> tuple[Function, ...]:
    """`math.`."""
    doubles = {
        "ceil": _whole(math.ceil),
        "floor": _whole(math.floor),
        "trunc": _whole(math.trunc),
        "round": _round,
        "isNaN": math.isnan,
        "isInf": math.isinf,
        "isFinite": math.isfinite,
    }
    return (
        Function("math.greatest", _extreme("math.greatest", 1), whole=True, least=1),
        Function("math.least", _extreme("math.least", -1), whole=True, least=1),
        *(Function(f"math.{name}", _double(f"math.{name}", work), least=1, most=1) for name, work in doubles.items()),
        Function("math.abs", _absolute, least=1, most=1),
        Function("math.sign", _sign, least=1, most=1),
        Function("math.sqrt", _sqrt, least=1, most=1),
        Function("math.bitAnd", _bits("math.bitAnd", lambda a, b: a & b), least=2, most=2),
        Function("math.bitOr", _bits("math.bitOr", lambda a, b: a | b), least=2, most=2),
        Function("math.bitXor", _bits("math.bitXor", lambda a, b: a ^ b), least=2, most=2),
        Function("math.bitNot", _not, least=1, most=1),
        Function("math.bitShiftLeft", _shift("math.bitShiftLeft", left=True), least=2, most=2),
        Function("math.bitShiftRight", _shift("math.bitShiftRight", left=False), least=2, most=2),
    )


def _encode(data: Any) -> str:
    if type(data) is not bytes:
        raise no_overload("base64.encode", data)
    return base64.b64encode(data).decode()


def _decode(text: Any) -> bytes:
    if type(text) is not str:
        raise no_overload("base64.decode", text)
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except ValueError as error:
        raise CelEvaluationError(f"illegal base64 data: {text!r}") from error


def _of_non_zero(value: Any) -> Any:
    if isinstance(value, OpenList | OpenMap) and not value:
        return Unknown(value.causes)
    zero = value is None or (isinstance(value, str | bytes | list | tuple | dict | bool | int | float) and not value)
    if isinstance(value, Duration | Timestamp):
        zero = value.ns == 0
    return NONE if zero else Optional(value)


def _has_value(value: Any) -> bool:
    return _optional("hasValue", value).present


def _optional(name: str, value: Any) -> Optional:
    if not isinstance(value, Optional):
        raise no_overload(name, value)
    return value


def _value(value: Any) -> Any:
    if not _optional("value", value).present:
        raise CelEvaluationError("optional.none() dereference")
    return value.value


def _or_value(value: Any, other: Any) -> Any:
    return value.value if _optional("orValue", value).present else other


def _or(value: Any, other: Any) -> Any:
    return value if _optional("or", value).present else _optional("or", other)


def _unwrap(values: Any) -> list[Any]:
    return [one.value for one in values if _optional("unwrap", one).present]


def other_functions() -> tuple[Function, ...]:
    """Encoders and optionals."""
    return (
        Function("base64.encode", _encode, least=1, most=1),
        Function("base64.decode", _decode, least=1, most=1),
        Function("optional.of", Optional, unknowns=True, least=1, most=1),
        Function("optional.none", lambda: NONE, least=0, most=0),
        Function("optional.ofNonZeroValue", _of_non_zero, least=1, most=1),
        Function("optional.unwrap", _unwrap, whole=True, least=1, most=1),
        Function("unwrapOpt", _unwrap, whole=True, receiver=True, least=1, most=1),
        Function("hasValue", _has_value, receiver=True, least=1, most=1),
        Function("value", _value, receiver=True, least=1, most=1),
        Function("orValue", _or_value, receiver=True, least=2, most=2),
        Function("or", _or, receiver=True, least=2, most=2),
    )
