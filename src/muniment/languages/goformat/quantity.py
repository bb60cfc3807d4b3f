"""Kubernetes' resource quantities: `500m`, `1.5Gi`, `1e3`."""

import re
from types import MappingProxyType
from typing import Final, NamedTuple

from muniment.languages.goformat.errors import GoFormatError, refuse

NANO: Final = 10**9
_INT64: Final = 2**63 - 1
_FORM: Final = re.compile(r"([+-]?)(?=\.?[0-9])([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)")
_DECIMAL: Final = MappingProxyType(
    {"n": -9, "u": -6, "m": -3, "": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
)
_BINARY: Final = MappingProxyType({"Ki": 10, "Mi": 20, "Gi": 30, "Ti": 40, "Pi": 50, "Ei": 60})
_SI: Final = MappingProxyType({exponent: suffix for suffix, exponent in _DECIMAL.items()})
_IEC: Final = MappingProxyType({exponent: suffix for suffix, exponent in _BINARY.items()})
_EXPONENT: Final = re.compile(r"[eE]([+-]?[0-9]{1,3})")
_MALFORMED: Final = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"

DECIMAL_SI, BINARY_SI, DECIMAL_EXPONENT = "DecimalSI", "BinarySI", "DecimalExponent"


class Quantity(NamedTuple):
    """An amount in billionths, and the family of suffixes that it prints with."""

    nanos: int
    format: str = DECIMAL_SI
    scale: int | None = 0
    """The power of ten that Kubernetes counts in, nothing where it left 64 bits for arbitrary precision.

    Its `AsInt64` answers by this and not by the amount: `1000m` and `10Pi` are no integers to it.
    """

    @property
    def sign(self) -> int:
        """-1, 0 or 1."""
        return (self.nanos > 0) - (self.nanos < 0)

    def compare(self, other: "Quantity") -> int:
        """-1, 0 or 1: whether this amount is less than, equal to or greater than `other`."""
        return (self.nanos > other.nanos) - (self.nanos < other.nanos)

    def add(self, other: "Quantity") -> "Quantity":
        """The sum, in this quantity's format unless this one is zero."""
        return self._sum(other, other.nanos)

    def sub(self, other: "Quantity") -> "Quantity":
        """The difference, in this quantity's format unless this one is zero."""
        return self._sum(other, -other.nanos)

    def _sum(self, other: "Quantity", nanos: int) -> "Quantity":
        total = self.nanos + nanos
        family = self.format if self.nanos else other.format
        if self.scale is None or other.scale is None:
            return Quantity(total, family, None)
        scale = other.scale if not self.nanos else self.scale if not nanos else min(self.scale, other.scale)
        return Quantity(total, family, scale if abs(total) <= _INT64 * 10 ** (scale + 9) else None)

    def is_integer(self) -> bool:
        """Whether Kubernetes takes the amount for a whole number of 64 bits."""
        return self.scale is not None and self.scale >= 0 and -_INT64 - 1 <= self.nanos // NANO <= _INT64

    def as_integer(self) -> int:
        """The whole number; raises `GoFormatError` where `is_integer` denies it."""
        if not self.is_integer():
            raise refuse(self.canonical(), "cannot convert value to integer")
        return self.nanos // NANO

    def as_approximate_float(self) -> float:
        """The nearest float64; infinite beyond its range."""
        try:
            return self.nanos / NANO
        except OverflowError:
            return float("inf") if self.nanos > 0 else float("-inf")

    def canonical(self) -> str:
        """The text that Kubernetes prints: no fraction, the largest suffix that allows it."""
        if not self.nanos:
            return "0"
        if self.format == BINARY_SI and abs(self.nanos) >= 1024 * NANO and self.nanos % NANO == 0:
            return _binary_text(self.nanos)
        return _decimal_text(self.nanos, self.format)

    def __str__(self) -> str:
        return self.canonical()


def parse_quantity(text: str) -> Quantity:
    """Reads a quantity, rounding away from zero beyond billionths; raises `GoFormatError` if it is none."""
    found = _FORM.fullmatch(text)
    if not found:
        raise refuse(text, _MALFORMED)
    whole, fraction, suffix = found[2].lstrip("0"), found[3] or "", found[4]
    if len(whole) + len(fraction) > 1000:
        raise refuse(text, _MALFORMED)
    base, exponent, family = _read_suffix(text, suffix)
    digits, places = len(whole or "0") + len(fraction), len(fraction)
    nanos = _scale(int((whole + fraction) or "0"), places, base, exponent)
    if family == BINARY_SI:
        scale = 0 if not places and 15 - digits - exponent * 3 // 10 - 1 >= 0 else None
    else:
        scale = exponent - places if digits <= 18 and exponent - places >= -9 else None
    if scale is None and family == BINARY_SI:
        nanos = min(nanos, _INT64 * NANO)
        family = DECIMAL_SI if 0 < nanos < NANO else BINARY_SI
    return Quantity(-nanos if found[1] == "-" else nanos, family, scale)


def is_quantity(text: str) -> bool:
    """Whether `parse_quantity` reads the text."""
    try:
        parse_quantity(text)
    except GoFormatError:
        return False
    return True


def _read_suffix(text: str, suffix: str) -> tuple[int, int, str]:
    """Base, exponent and format of a suffix."""
    if suffix in _DECIMAL:
        return 10, _DECIMAL[suffix], DECIMAL_SI
    if suffix in _BINARY:
        return 2, _BINARY[suffix], BINARY_SI
    found = _EXPONENT.fullmatch(suffix)
    if not found:
        raise refuse(text, "unable to parse quantity's suffix")
    return 10, int(found[1]), DECIMAL_EXPONENT


def _scale(mantissa: int, places: int, base: int, exponent: int) -> int:
    """Billionths of `mantissa` / 10^`places` * `base`^`exponent`, rounded up."""
    power = exponent if base == 10 else 0
    top: int = mantissa * NANO * (2**exponent if base == 2 else 1) * 10 ** max(power, 0)
    bottom: int = 10 ** (places + max(-power, 0))
    return -(-top // bottom)


def _binary_text(nanos: int) -> str:
    size, exponent = abs(nanos) // NANO, 0
    while size % 1024 == 0 and exponent < 60:
        size, exponent = size // 1024, exponent + 10
    return f"{'-' if nanos < 0 else ''}{size}{_IEC.get(exponent, '')}"


def _decimal_text(nanos: int, family: str) -> str:
    size, exponent = abs(nanos), -9
    while size % 1000 == 0 and (exponent < 18 or family == DECIMAL_EXPONENT):
        size, exponent = size // 1000, exponent + 3
    suffix = _SI[exponent] if family != DECIMAL_EXPONENT else f"e{exponent}" if exponent else ""
    return f"{'-' if nanos < 0 else ''}{size}{suffix}"
