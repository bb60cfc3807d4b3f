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

    @property
    def sign(self) -> int:
        """-1, 0 or 1."""
        return (self.nanos > 0) - (self.nanos < 0)

    def compare(self, other: "Quantity") -> int:
        """-1, 0 or 1: whether this amount is less than, equal to or greater than `other`."""
        return (self.nanos > other.nanos) - (self.nanos < other.nanos)

    def add(self, other: "Quantity") -> "Quantity":
        """The sum, in this quantity's format unless this one is zero."""
        return Quantity(self.nanos + other.nanos, self.format if self.nanos else other.format)

    def sub(self, other: "Quantity") -> "Quantity":
        """The difference, in this quantity's format unless this one is zero."""
        return Quantity(self.nanos - other.nanos, self.format if self.nanos else other.format)

    def is_integer(self) -> bool:
        """Whether the amount is a whole number of 64 bits."""
        return self.nanos % NANO == 0 and -_INT64 - 1 <= self.nanos // NANO <= _INT64

    def as_integer(self) -> int:
        """The whole number; raises `GoFormatError` where there is a fraction or 64 bits do not hold it."""
        if not self.is_integer():
            text = self.canonical()
            raise refuse(text, "cannot convert value to integer")
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
        if self.format == BINARY_SI and abs(self.nanos) >= 1024 * NANO:
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
    mantissa = int((whole + fraction) or "0")
    nanos = _scale(mantissa, len(fraction), base, exponent)
    exact = len(whole) + len(fraction) <= 18 and base == 10 and exponent - len(fraction) >= -9
    if not exact:
        nanos = min(nanos, _INT64 * NANO)
    if family == BINARY_SI and 0 < nanos < NANO:
        family = DECIMAL_SI
    return Quantity(-nanos if found[1] == "-" else nanos, family)


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
    size, exponent = -(-abs(nanos) // NANO), 0
    while size % 1024 == 0 and exponent < 60:
        size, exponent = size // 1024, exponent + 10
    return f"{'-' if nanos < 0 else ''}{size}{_IEC.get(exponent, '')}"


def _decimal_text(nanos: int, family: str) -> str:
    size, exponent = abs(nanos), -9
    while size % 1000 == 0 and (exponent < 18 or family == DECIMAL_EXPONENT):
        size, exponent = size // 1000, exponent + 3
    suffix = _SI[exponent] if family != DECIMAL_EXPONENT else f"e{exponent}" if exponent else ""
    return f"{'-' if nanos < 0 else ''}{size}{suffix}"
