"""Functions of dates and times, which are texts in RFC 3339."""

import re

from muniment.languages.goformat.durations import parse_duration
from muniment.languages.goformat.timestamps import (
    MONTHS,
    WEEKDAYS,
    Civil,
    Timestamp,
    civil,
    parse_rfc3339,
    print_rfc3339,
    weekday,
)
from muniment.languages.hcl.function import Function
from muniment.languages.hcl.functions.signature import invalid, typed
from muniment.languages.hcl.types import NUMBER, STRING
from muniment.languages.source import LanguageError

_STRICT = re.compile(r"[^T]*T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)", re.ASCII)
_PIECES = re.compile(r"'((?:[^']|'')*+)('?)|([A-Za-z])\3*|[^A-Za-z']+")


def date_functions() -> list[Function]:
    """The date group without the functions that read a clock."""
    return [
        typed("formatdate", _format_date, STRING, STRING, returns=STRING),
        typed("timeadd", _time_add, STRING, STRING, returns=STRING),
        typed("timecmp", _time_compare, STRING, STRING, returns=NUMBER),
    ]


def _parsed(text: str, position: int) -> Timestamp:
    try:
        if _STRICT.fullmatch(text):
            return parse_rfc3339(text)
    except LanguageError as error:
        raise invalid(position, f"not a timestamp of RFC 3339: {error.diagnostic.message}") from error
    raise invalid(position, "not a timestamp of RFC 3339")


def _time_add(text: str, duration: str) -> str:
    moment = _parsed(text, 0)
    try:
        later = moment.instant + parse_duration(duration)
    except LanguageError as error:
        raise invalid(1, error.diagnostic.message) from error
    return print_rfc3339(Timestamp(later // 1_000_000_000, 0, moment.offset))


def _time_compare(left: str, right: str) -> int:
    before, after = _parsed(left, 0).instant, _parsed(right, 1).instant
    return (before > after) - (before < after)


def _format_date(pattern: str, text: str) -> str:
    moment = _parsed(text, 1)
    wall = civil(moment)
    return "".join(_piece(found, wall, moment) for found in _PIECES.finditer(pattern))


def _piece(found: re.Match[str], wall: Civil, moment: Timestamp) -> str:
    if found[3]:
        shown = _verbs(wall, moment).get(found[0])
        if shown is None:
            raise invalid(0, f'"{found[0]}" is no verb of dates')
        return shown
    if found[0][0] != "'":
        return found[0]
    if not found[2]:
        raise invalid(0, "a quoted literal does not end")
    return found[1].replace("''", "'")


def _verbs(wall: Civil, moment: Timestamp) -> dict[str, str]:
    day = WEEKDAYS[weekday(wall)]
    month = MONTHS[wall.month - 1]
    half = "PM" if wall.hour >= 12 else "AM"
    of_half = (wall.hour + 11) % 12 + 1
    return {
        "YYYY": f"{wall.year:04d}",
        "YY": f"{wall.year % 100:02d}",
        "MMMM": month,
        "MMM": month[:3],
        **_numeric("M", wall.month),
        **_numeric("D", wall.day),
        "EEEE": day,
        "EEE": day[:3],
        **_numeric("h", wall.hour),
        **_numeric("H", of_half),
        "AA": half,
        "aa": half.lower(),
        **_numeric("m", wall.minute),
        **_numeric("s", wall.second),
        **_zones(moment.offset),
    }


def _numeric(letter: str, value: int) -> dict[str, str]:
    return {letter: str(value), letter * 2: f"{value:02d}"}


def _zones(offset: int) -> dict[str, str]:
    hours, minutes = divmod(abs(offset) // 60, 60)
    sign = "-" if offset < 0 else "+"
    colon, plain = f"{sign}{hours:02d}:{minutes:02d}", f"{sign}{hours:02d}{minutes:02d}"
    return {"Z": colon if offset else "Z", "ZZZ": plain if offset else "UTC", "ZZZZ": plain, "ZZZZZ": colon}
