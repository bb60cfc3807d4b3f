"""Timestamps that yaml.v3 finds in plain scalars, as the text that they become in JSON."""

import re
from typing import Final

_TIMESTAMP: Final = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"
    r"(?:(?P<mark>[Tt ])(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{1,2}):(?P<second>[0-9]{1,2})(?:[.,](?P<part>[0-9]+))?"
    r"(?P<zone>Z|[-+][0-9]{2}:[0-9]{2})?)?"
)
_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def timestamp_text(text: str) -> str | None:
    """The RFC 3339 form of a timestamp, with at most nine digits behind the second; None if `text` is none.

    After a `T` a zone must follow, after a blank none may.
    """
    if text[4:5] != "-":
        return None
    found = _TIMESTAMP.fullmatch(text)
    if found is None or (found["mark"] in {"T", "t"}) != (found["zone"] is not None):
        return None
    year, month, day = (int(found[name]) for name in ("year", "month", "day"))
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    if not 1 <= month <= 12 or not 1 <= day <= _days(year, month) or hour > 23 or minute > 59 or second > 59:
        return None
    zone = found["zone"] or "Z"
    if zone != "Z" and (int(zone[1:3]) > 24 or int(zone[4:]) > 59):
        return None
    part = (found["part"] or "")[:9].rstrip("0")
    fraction = f".{part}" if part else ""
    zone = "Z" if zone[1:] == "00:00" else zone
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}{zone}"


def _days(year: int, month: int) -> int:
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _DAYS[month - 1] + leap
