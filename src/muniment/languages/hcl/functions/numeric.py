"""Numeric functions. Exact where the language is; `log` and `pow` compute in binary doubles, as Terraform's do."""

import math
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from muniment.languages.hcl import bigfloat
from muniment.languages.hcl.convert import to_number
from muniment.languages.hcl.errors import HclError, limit_exceeded
from muniment.languages.hcl.function import Function
from muniment.languages.hcl.functions.doubles import natural_log, power
from muniment.languages.hcl.functions.signature import invalid, partial, typed, whole
from muniment.languages.hcl.types import ANY, NUMBER
from muniment.languages.hcl.values import number, unknown
from muniment.languages.unknown import Unknown

Number = int | Decimal

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LONGEST = 4000  # digits of a number that may be parsed
_MOST_BITS = 13_288  # of a number of so many decimal digits


def numeric_functions() -> list[Function]:
    """The numeric group."""
    return [
        typed("abs", _absolute, NUMBER, returns=NUMBER),
        typed("ceil", lambda value: _integral(value, ROUND_CEILING), NUMBER, returns=NUMBER),
        typed("floor", lambda value: _integral(value, ROUND_FLOOR), NUMBER, returns=NUMBER),
        typed("log", _log, NUMBER, NUMBER, returns=NUMBER),
        typed("max", lambda *values: _extreme(max, values), rest=NUMBER, returns=NUMBER),
        typed("min", lambda *values: _extreme(min, values), rest=NUMBER, returns=NUMBER),
        partial("parseint", _parse_int, ANY, NUMBER, returns=NUMBER),
        typed("pow", _pow, NUMBER, NUMBER, returns=NUMBER),
        typed("signum", _signum, NUMBER, returns=NUMBER),
    ]


def _absolute(value: Number) -> Number:
    return value.copy_abs() if isinstance(value, Decimal) else abs(value)


def _integral(value: Number, rounding: str) -> Number:
    if isinstance(value, int) or not value.is_finite():
        return value
    return int(value.to_integral_value(rounding))


def _extreme(choose: Callable[..., Number], values: tuple[Number, ...]) -> Number:
    if not values:
        raise HclError("at least one number is required", code="invalid-argument")
    return choose(values)


def _signum(value: Number) -> int:
    sign = whole(value)
    return (sign > 0) - (sign < 0)


def _parse_int(text: Any, base: Any) -> int | Unknown:
    if isinstance(text, Unknown) or isinstance(base, Unknown):
        return unknown((text, base), NUMBER)
    if not isinstance(text, str):
        raise invalid(0, "a string is required")
    if not isinstance(base, int) or not 2 <= base <= 62:
        raise invalid(1, "the base must be a whole number between 2 and 62")
    if len(text) > _LONGEST:
        raise limit_exceeded("number is too long to parse")
    digits = text[1:] if text[:1] in ("+", "-") else text
    value = 0
    for character in digits if base > 36 else digits.lower():
        digit = _DIGITS.find(character)
        if not 0 <= digit < base:
            raise invalid(0, f'"{text}" is not an integer of base {base}')
        value = value * base + digit
    if not digits:
        raise invalid(0, f'"{text}" is not an integer of base {base}')
    if value.bit_length() > _MOST_BITS:
        raise limit_exceeded("number is too large to compute with")
    return -value if text[0] == "-" else value


def _log(value: Number, base: Number) -> Number:
    above, below = natural_log(_double(value)), natural_log(_double(base))
    if below == 0:
        return from_double(math.copysign(math.inf, above) if above else math.nan)
    return from_double(above / below)


def _pow(value: Number, exponent: Number) -> Number:
    return from_double(power(_double(value), _double(exponent)))


def _double(value: Number) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def from_double(value: float) -> Number:
    """A binary double as the number that Terraform prints for it: the fewest digits that lie within half a unit.

    Raises HclError when it is not a number.
    """
    if math.isnan(value):
        raise HclError("the result is not a number", code="invalid-argument")
    if math.isinf(value):
        return Decimal(value)
    exact, tolerance = Decimal(value), Decimal(math.ulp(value)) / 2
    for digits in range(17):
        candidate = Decimal(f"{value:.{digits}e}")
        if abs(candidate - exact) <= tolerance:
            return number(candidate)
    return number(exact)


def total(values: Any) -> Number:
    """The sum of numbers and of strings that spell numbers; raises HclError for anything else."""
    result: Number = 0
    for value in values:
        addend = to_number(value)
        both = isinstance(result, int) and isinstance(addend, int)
        result = result + addend if both else bigfloat.compute("add", result, addend)
    return result
