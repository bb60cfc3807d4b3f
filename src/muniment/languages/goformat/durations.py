"""Durations in nanoseconds, read and printed as Go's `time` package does."""

import re
from types import MappingProxyType
from typing import Final

from muniment.languages.goformat.errors import refuse

MICROSECOND, MILLISECOND, SECOND = 1_000, 1_000_000, 1_000_000_000
MINUTE, HOUR = 60 * SECOND, 3600 * SECOND
MAX: Final = 2**63 - 1
_UNITS: Final = MappingProxyType(
    {
        "ns": 1,
        "us": MICROSECOND,
        "µs": MICROSECOND,
        "μs": MICROSECOND,
        "ms": MILLISECOND,
        "s": SECOND,
        "m": MINUTE,
        "h": HOUR,
    }
)
_PART: Final = re.compile(r"([0-9]*)(?:\.([0-9]*))?([^0-9.]*)")


def parse_duration(text: str) -> int:
    """Nanoseconds of a text such as `1h15m30.5s`; raises `GoFormatError` for any other text and beyond 64 bits."""
    body, total = text.removeprefix("-") if text.startswith("-") else text.removeprefix("+"), 0
    if body == "0":
        return 0
    if not body:
        raise refuse(text, f"time: invalid duration {_quote(text)}")
    at = 0
    while at < len(body):
        total, at = _read_part(text, body, total, at)
    negative = text.startswith("-")
    if total > MAX + negative:
        raise refuse(text, f"time: invalid duration {_quote(text)}")
    return -total if negative else total


def _read_part(text: str, body: str, total: int, at: int) -> tuple[int, int]:
    """Adds the number and unit at `at`, and returns the sum and where the next part begins."""
    found = _PART.match(body, at)
    if found is None or not (found[1] or found[2]):
        raise refuse(text, f"time: invalid duration {_quote(text)}")
    if not found[3]:
        raise refuse(text, f"time: missing unit in duration {_quote(text)}")
    unit = _UNITS.get(found[3])
    if unit is None:
        raise refuse(text, f"time: unknown unit {_quote(found[3])} in duration {_quote(text)}")
    if len(found[1].lstrip("0")) > 19:
        raise refuse(text, f"time: invalid duration {_quote(text)}")
    fraction = (found[2] or "")[:18]
    total += int(found[1] or "0") * unit + int(fraction or "0") * unit // 10 ** len(fraction)
    if total > MAX + 1:
        raise refuse(text, f"time: invalid duration {_quote(text)}")
    return total, found.end()


def print_duration(nanoseconds: int) -> str:
    """A duration as Go prints it: `1h2m3.5s`, `1.5ms`, `0s`."""
    size, sign = abs(nanoseconds), "-" if nanoseconds < 0 else ""
    if size < SECOND:
        unit = next((unit for unit in ("ms", "µs") if size >= _UNITS[unit]), "ns")
        return f"{sign}{_decimal(size, _UNITS[unit])}{unit}" if size else "0s"
    hours, rest = divmod(size, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    head = f"{hours}h{minutes}m" if hours else f"{minutes}m" if minutes else ""
    return f"{sign}{head}{_decimal(rest, SECOND)}s"


def _decimal(value: int, unit: int) -> str:
    whole, rest = divmod(value, unit)
    fraction = str(rest).zfill(len(str(unit)) - 1).rstrip("0") if rest else ""
    return f"{whole}.{fraction}" if fraction else str(whole)


def _quote(text: str) -> str:
    """The time package's own quotation, which shows the bytes of all that is not ASCII."""
    return '"' + "".join(_shown(byte) for byte in text.encode("utf-8", "surrogatepass")) + '"'


def _shown(byte: int) -> str:
    if not 32 <= byte < 128:
        return f"\\x{byte:02x}"
    return f"\\{byte:c}" if byte in b'"\\' else chr(byte)
