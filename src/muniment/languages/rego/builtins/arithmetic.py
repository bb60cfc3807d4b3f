"""The arithmetic operators and the rounding of numbers: exact on whole numbers of any size."""

from collections.abc import Callable
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from muniment.languages.rego.signatures import BuiltinError, operand_error
from muniment.languages.rego.values import Value, is_number

if TYPE_CHECKING:
    from fractions import Fraction

Number = int | float | Decimal

_MAX_DIGITS: Final = 4000
_MAX_BITS: Final = 13_000
"""Bits of a product: Python prints no integers of over 4300 digits."""


def whole(value: Number) -> int | None:
    """The int that a number is equal to, if it is one."""
    if isinstance(value, int):
        return value
    # A float stands for the digits that it prints with: 1e30 is 10**30 and not the power of two beside it.
    digits = value if isinstance(value, Decimal) else Decimal(repr(value))
    if abs(digits.adjusted()) > _MAX_DIGITS:
        return None
    return int(digits) if digits == digits.to_integral_value() else None


def plus(a: Number, b: Number) -> Number:
    """The sum."""
    if a.__class__ is int and b.__class__ is int:
        return a + b
    return _exactly(lambda x, y: x + y, a, b)


def minus(a: Value, b: Value) -> Value:
    """The difference of two numbers, or of two sets."""
    if a.__class__ is int and b.__class__ is int:
        return a - b
    if a.__class__ is frozenset and b.__class__ is frozenset:
        return a - b
    if not is_number(a) and a.__class__ is not frozenset:
        raise operand_error(1, "one of {number, set}", a)
    if is_number(b) and not is_number(a):
        raise operand_error(2, "set", b)
    if not is_number(b):
        raise operand_error(2, "number", b)
    return _exactly(lambda x, y: x - y, a, b)


def multiply(a: Number, b: Number) -> Number:
    """The product."""
    if a.__class__ is int and b.__class__ is int:
        if a.bit_length() + b.bit_length() > _MAX_BITS:
            raise BuiltinError("number too large")
        return a * b
    return _exactly(lambda x, y: x * y, a, b)


def divide(a: Number, b: Number) -> Number:
    """The quotient, a whole number where there is no remainder."""
    if not b:
        raise BuiltinError("divide by zero")
    if a.__class__ is int and b.__class__ is int and a % b == 0:
        return a // b
    return _in_float(lambda x, y: x / y, a, b)


def remainder(a: Number, b: Number) -> int:
    """The remainder of a division of whole numbers, with the sign of the dividend."""
    x, y = whole(a), whole(b)
    if x is None or y is None:
        raise BuiltinError("modulo on floating-point number")
    if not y:
        raise BuiltinError("modulo by zero")
    rest = abs(x) % abs(y)
    return -rest if x < 0 else rest


def round_half_away(value: Number) -> int:
    """The nearest whole number; a half goes away from zero."""
    return _rounded(
        value, lambda x: _half_up(x.numerator, x.denominator) if x >= 0 else -_half_up(-x.numerator, x.denominator)
    )


def _half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


def ceil(value: Number) -> int:
    """The least whole number that is not below."""
    return _rounded(value, lambda x: -(-x.numerator // x.denominator))


def floor(value: Number) -> int:
    """The greatest whole number that is not above."""
    return _rounded(value, lambda x: x.numerator // x.denominator)


def _rounded(value: Number, rule: "Callable[[Fraction], int]") -> int:
    if value.__class__ is int:
        return value
    from muniment.languages.rego.builtins.bigfloat import exact  # noqa: PLC0415  hardly a policy has fractions

    try:
        return rule(exact(value))
    except OverflowError:
        raise BuiltinError("number too large") from None


def _exactly(operation: Callable[[Any, Any], Any], a: Number, b: Number) -> Number:
    """The result on ints where both are whole, else on floats of 64 bits."""
    x, y = whole(a), whole(b)
    return operation(x, y) if x is not None and y is not None else _in_float(operation, a, b)


def _in_float(operation: "Callable[[Fraction, Fraction], Fraction]", a: Number, b: Number) -> Number:
    from muniment.languages.rego.builtins.bigfloat import combine  # noqa: PLC0415  hardly a policy has fractions

    try:
        return combine(operation, a, b)
    except OverflowError:
        raise BuiltinError("number too large") from None


FUNCTIONS: Final = MappingProxyType(
    {
        "plus": plus,
        "minus": minus,
        "mul": multiply,
        "div": divide,
        "rem": remainder,
        "abs": abs,
        "round": round_half_away,
        "ceil": ceil,
        "floor": floor,
    }
)
