"""Amounts with units: `10Ki`, `1.5G`, `200m`."""

import re
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from muniment.languages.rego.signatures import BuiltinError
from muniment.languages.rego.values import number

_PREFIXES: Final = "kmgtpe"
_DECIMAL: Final = MappingProxyType({prefix: 1000**power for power, prefix in enumerate(_PREFIXES, 1)})
_BINARY: Final = MappingProxyType({f"{prefix}i": 1024**power for power, prefix in enumerate(_PREFIXES, 1)})
_PLAIN: Final = MappingProxyType[str, int]({"": 1, **_DECIMAL, **_BINARY})
_BYTES: Final = MappingProxyType[str, int](
    {**_PLAIN, **{f"{unit}b": factor for unit, factor in _PLAIN.items() if unit}}
)
_MILLI: Final = Fraction(0.001)
"""As the float that OPA multiplies with."""
_AMOUNT: Final = re.compile(r"(?:[0-9.]|[eE](?:[+-]|(?=[0-9]))|[+-])*")
_EXPONENT: Final = re.compile(r"[eE][+-]?([0-9]{7,})")
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def parse(text: str) -> int | float | Decimal:
    """The amount of a text; `m` is a thousandth and `M` a million, in other units case does not count."""
    amount, unit = _split(text.replace('"', ""), "units.parse", "amount")
    unit = unit[:1] + unit[1:].lower()
    factor = _MILLI if unit == "m" else _PLAIN.get(unit.lower())
    if factor is None:
        raise BuiltinError(f"units.parse: unit {unit} not recognized")
    value = _fraction(amount, "units.parse: could not parse amount to a number") * factor
    if value.denominator == 1:
        return value.numerator
    scaled = round(value * 10**10)
    return number(f"{'-' if scaled < 0 else ''}{abs(scaled) // 10**10}.{abs(scaled) % 10**10:010d}")


def parse_bytes(text: str) -> int:
    """The whole bytes of a text; case does not count."""
    amount, unit = _split(text.replace('"', "").lower(), "units.parse_bytes", "byte amount")
    if unit not in _BYTES:
        raise BuiltinError(f"units.parse_bytes: byte unit {unit} not recognized")
    return int(_fraction(amount, "units.parse_bytes: could not parse byte amount to a number") * _BYTES[unit])


def _split(text: str, name: str, amount: str) -> tuple[str, str]:
    if " " in text:
        raise BuiltinError(f"{name}: spaces not allowed in resource strings")
    if _EXPONENT.search(text):
        raise BuiltinError(f"{name}: exponent too large")
    found = _AMOUNT.match(text)
    end = found.end() if found else 0
    if not end:
        raise BuiltinError(f"{name}: no {amount} provided")
    return text[:end], text[end:]


def _fraction(text: str, complaint: str) -> Fraction:
    """The exact number of a text. Raises BuiltinError with the complaint where it is none."""
    if not _NUMBER.fullmatch(text):
        raise BuiltinError(complaint)
    mantissa, _, exponent = text.lower().partition("e")
    if abs(int(exponent or 0)) > 4000:
        raise BuiltinError(complaint)
    return Fraction(mantissa) * Fraction(10) ** int(exponent or 0)


FUNCTIONS: Final = MappingProxyType({"units.parse": parse, "units.parse_bytes": parse_bytes})
