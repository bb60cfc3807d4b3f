"""Arithmetic on numbers with fractions as Go's `big.Float` does it: 64 bits of mantissa, the shortest digits that fit.

So `0.1 + 0.2` is `0.3` in Rego, and `1 / 3` has twenty digits.
"""

from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import Final

from muniment.languages.rego.values import number

PRECISION: Final = 64
_ENOUGH_DIGITS: Final = 22
_LARGEST_EXPONENT: Final = 4000
"""Powers of ten beyond it are not expanded: no policy has them but by malice."""

Number = int | float | Decimal


def rounded(value: Fraction) -> Fraction:
    """The nearest value with a mantissa of 64 bits, ties to even."""
    if not value:
        return value
    shift = PRECISION - (abs(value.numerator).bit_length() - value.denominator.bit_length())
    for _ in range(2):
        scaled = value * Fraction(2) ** shift
        mantissa = round(scaled)
        if abs(mantissa).bit_length() <= PRECISION:
            break
        shift -= 1
    return Fraction(mantissa) / Fraction(2) ** shift


def exact(value: Number) -> Fraction:
    """The number that the digits of a value write. Raises OverflowError for exponents that nobody can expand."""
    if value.__class__ is int:
        return Fraction(value)
    decimal = Decimal(repr(value)) if value.__class__ is float else Decimal(value)
    if abs(decimal.adjusted()) > _LARGEST_EXPONENT:
        raise OverflowError("exponent too large")
    return Fraction(decimal)


def combine(operation: Callable[[Fraction, Fraction], Fraction], a: Number, b: Number) -> Number:
    """The result of an operation on two numbers, rounded before and after."""
    return shortest(rounded(operation(rounded(exact(a)), rounded(exact(b)))))


def shortest(value: Fraction) -> Number:
    """The number with the fewest digits that rounds to a value of 64 bits."""
    if value.denominator == 1:
        return value.numerator
    try:
        near = float(value)
    except OverflowError:
        near = 0.0
    for text in (repr(near), f"{near:.15g}"):
        if rounded(Fraction(text)) == value:
            return number(text)
    for digits in range(16, _ENOUGH_DIGITS):
        context = Context(prec=digits, rounding=ROUND_HALF_EVEN)
        decimal = context.divide(Decimal(value.numerator), Decimal(value.denominator))
        if rounded(Fraction(decimal)) == value:
            return number(str(decimal))
    raise AssertionError(value)
