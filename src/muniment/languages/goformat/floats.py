"""Floating-point numbers as Go's `strconv` and its JSON encoder print them."""

import math
import re
import struct
from types import MappingProxyType
from typing import Any, Final

_INFINITE_32: Final = 3.4028235677973366e38
_NAMED: Final = MappingProxyType({None: "null", True: "true", False: "false"})
_JSON_SHORT: Final = MappingProxyType(
    {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
)


def format_float(value: float, verb: str = "g", precision: int = -1, bits: int = 64) -> str:
    """`value` by verb `e`, `f` or `g` (or upper case); precision -1 prints the shortest digits that read back equal.

    `bits` is 64 or 32: with 32 the value is first rounded to a float32.
    """
    if bits == 32:
        value = _single(value)
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "+Inf" if value > 0 else "-Inf"
    if precision >= 0:
        return f"{value:.{precision}{verb}}"
    text = _shortest(value, verb.lower(), bits)
    return text.upper() if verb.isupper() else text


def json_number(value: float) -> str:
    """A finite number as Go's JSON encoder writes it: an exponent only below 1e-6 and from 1e21 on."""
    if isinstance(value, int):
        return str(value)
    size = abs(value)
    if size and not 1e-6 <= size < 1e21:
        return re.sub(r"e-0(\d)$", r"e-\1", format_float(value, "e"))
    return format_float(value, "f")


def to_json(value: Any, *, escape_html: bool = True) -> str:
    """`value` as Go's `json.Marshal` writes it: keys sorted, no spaces, `<`, `>` and `&` escaped on demand."""
    if value is None or isinstance(value, bool):
        return _NAMED[value]
    if isinstance(value, int | float):
        return json_number(value)
    if isinstance(value, str):
        return _json_string(value, escape_html=escape_html)
    if isinstance(value, dict):
        members = sorted((str(key), member) for key, member in value.items())
        inner = (
            f"{_json_string(key, escape_html=escape_html)}:{to_json(member, escape_html=escape_html)}"
            for key, member in members
        )
        return f"{{{','.join(inner)}}}"
    return f"[{','.join(to_json(item, escape_html=escape_html) for item in value)}]"


def _json_string(text: str, *, escape_html: bool) -> str:
    pattern = r'["\\\x00-\x1f\u2028\u2029<>&]' if escape_html else r'["\\\x00-\x1f\u2028\u2029]'
    return '"' + re.sub(pattern, _json_escape, text) + '"'


def _json_escape(found: re.Match[str]) -> str:
    return _JSON_SHORT.get(found[0]) or f"\\u{ord(found[0]):04x}"


def _single(value: float) -> float:
    if not math.isfinite(value) or abs(value) >= _INFINITE_32:
        return value if math.isnan(value) else math.copysign(math.inf, value)
    rounded: float = struct.unpack("f", struct.pack("f", value))[0]
    return rounded


def _digits(value: float, bits: int) -> tuple[str, int]:
    """The shortest digits of a finite value's size and the decimal exponent of the first one."""
    size = abs(value)
    if bits == 32:
        text = next(t for p in range(17) if _single(float(t := f"{size:.{p}e}")) == size)
        mantissa, _, exponent = text.partition("e")
        return mantissa.replace(".", "").rstrip("0") or "0", int(exponent)
    mantissa, _, exponent = repr(size).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    first = len(whole) - 1 - (len(whole + fraction) - len(digits))
    return digits.rstrip("0") or "0", (first if size else 0) + int(exponent or 0)


def _shortest(value: float, verb: str, bits: int) -> str:
    digits, exponent = _digits(value, bits)
    sign = "-" if math.copysign(1, value) < 0 else ""
    scientific = verb == "e" or (verb == "g" and not -4 <= exponent < 6)
    return sign + (_scientific if scientific else _positional)(digits, exponent)


def _scientific(digits: str, exponent: int) -> str:
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{fraction}e{'-' if exponent < 0 else '+'}{abs(exponent):02d}"


def _positional(digits: str, exponent: int) -> str:
    if exponent < 0:
        return f"0.{'0' * (-exponent - 1)}{digits}"
    whole = digits[: exponent + 1].ljust(exponent + 1, "0")
    return f"{whole}.{digits[exponent + 1 :]}" if len(digits) > exponent + 1 else whole
