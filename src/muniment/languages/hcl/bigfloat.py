"""Arithmetic on fractions as HCL does it: in binary with 512 bits, each result told by its shortest decimal.

The last bit matters: `floor(10 / 3 * 3)` is 10 there, and 9 for whoever computes in decimal.
"""

from decimal import Context, Decimal
from typing import Final

from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.values import number

_BITS: Final = 512
_MOST_DIGITS: Final = 156
"""Decimal digits that tell any two numbers of 512 bits apart."""

Number = int | Decimal
Ratio = tuple[int, int]
"""A numerator over a positive denominator."""


def compute(operation: str, a: Number, b: Number) -> Number:
    """`add`, `subtract`, `multiply`, `divide` or `remainder` of two numbers; raises HclError where it has no value."""
    if not (Decimal(a).is_finite() and Decimal(b).is_finite()) or (operation == "divide" and not b):
        return _beyond(operation, a, b)
    left, right = _nearest(*a.as_integer_ratio()), _nearest(*b.as_integer_ratio())
    if operation == "remainder":
        return _told(_remainder(left, right))
    return _told(_nearest(*_exact(operation, left, right)))


def _beyond(operation: str, a: Number, b: Number) -> Number:
    """What Python's decimals say of infinite numbers and of zero as divisor."""
    result: Decimal = getattr(Context(prec=_MOST_DIGITS, traps=[]), operation)(Decimal(a), Decimal(b))
    if result.is_nan():
        raise HclError("the operation has no result")
    return number(result)


def _exact(operation: str, left: Ratio, right: Ratio) -> Ratio:
    (a, b), (c, d) = left, right
    if operation == "add":
        return a * d + c * b, b * d
    if operation == "subtract":
        return a * d - c * b, b * d
    if operation == "multiply":
        return a * c, b * d
    return (a * d, b * c) if c > 0 else (-a * d, -b * c)


def _remainder(left: Ratio, right: Ratio) -> Ratio:
    """What is left after the whole quotient, each step rounded as there."""
    above, below = _nearest(*_exact("divide", left, right))
    whole = abs(above) // below * (1 if above >= 0 else -1)
    return _nearest(*_exact("subtract", left, _nearest(*_exact("multiply", right, (whole, 1)))))


def _nearest(above: int, below: int) -> Ratio:
    """The nearest number of 512 bits, ties to even."""
    size = abs(above)
    shift = size.bit_length() - below.bit_length() - _BITS
    quotient, rest, divisor = _divided(size, below, shift)
    if quotient.bit_length() > _BITS:
        shift += 1
        quotient, rest, divisor = _divided(size, below, shift)
    if 2 * rest > divisor or (2 * rest == divisor and quotient & 1):
        quotient += 1
    quotient = quotient if above >= 0 else -quotient
    return (quotient << shift, 1) if shift >= 0 else (quotient, 1 << -shift)


def _divided(size: int, below: int, shift: int) -> tuple[int, int, int]:
    """`size / below / 2**shift` as quotient and rest, and what the rest is of."""
    divisor = below << shift if shift > 0 else below
    return (*divmod(size << -shift if shift < 0 else size, divisor), divisor)


def _told(value: Ratio) -> Number:
    """A number of 512 bits as the decimal of the fewest digits that no other such number is nearer to."""
    above, below = value
    if above % below == 0:
        return above // below
    low, high = 1, _MOST_DIGITS
    while low < high:
        digits = (low + high) // 2
        if _same(_rounded(value, digits), value):
            high = digits
        else:
            low = digits + 1
    return number(_rounded(value, low))


def _rounded(value: Ratio, digits: int) -> Decimal:
    return Context(prec=digits, traps=[]).divide(Decimal(value[0]), Decimal(value[1]))


def _same(candidate: Decimal, value: Ratio) -> bool:
    above, below = _nearest(*candidate.as_integer_ratio())
    return above * value[1] == value[0] * below
