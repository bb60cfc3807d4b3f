"""Operations on the bits of whole numbers of any size."""

from types import MappingProxyType
from typing import Final

from muniment.languages.rego.signatures import BuiltinError

_MAX_BITS: Final = 13_000
"""Bits of a result: Python prints no integers of over 4300 digits."""


def _distance(value: int) -> int:
    if value < 0:
        message = "operand 2 must be an unsigned integer number but got a negative integer"
        raise BuiltinError(message, code="eval_type_error")
    return value


def shift_left(value: int, distance: int) -> int:
    """The bits moved up."""
    if value.bit_length() + _distance(distance) > _MAX_BITS:
        raise BuiltinError("number too large")
    return value << distance


def shift_right(value: int, distance: int) -> int:
    """The bits moved down; negative numbers stay negative."""
    return value >> min(_distance(distance), value.bit_length() + 1)


FUNCTIONS: Final = MappingProxyType(
    {
        "bits.and": int.__and__,
        "bits.or": int.__or__,
        "bits.xor": int.__xor__,
        "bits.negate": int.__invert__,
        "bits.lsh": shift_left,
        "bits.rsh": shift_right,
    }
)
