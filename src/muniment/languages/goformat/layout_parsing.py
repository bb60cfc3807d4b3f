"""Reads times by Go's layouts, as `time.Parse` does: what a layout leaves out is the start of the year 0 in UTC."""

import re
from itertools import zip_longest
from types import MappingProxyType
from typing import Final

from muniment.languages.goformat.errors import GoFormatError, refuse
from muniment.languages.goformat.layouts import chunks
from muniment.languages.goformat.quoting import quote
from muniment.languages.goformat.timestamps import (
    MONTHS,
    WEEKDAYS,
    Timestamp,
    civil_from_days,
    days_from_civil,
    days_in_month,
)

_DAY: Final = 86400
_ONE_OR_TWO: Final = re.compile("[0-9]{1,2}")
_TWO: Final = re.compile("[0-9]{2}")
_NUMBERS: Final = MappingProxyType(
    {
        "2006": ("year", re.compile("[0-9]{4}"), 0, 9999),
        "06": ("short year", _TWO, 0, 99),
        "1": ("month", _ONE_OR_TWO, 1, 12),
        "01": ("month", _TWO, 1, 12),
        "2": ("day", _ONE_OR_TWO, 0, 99),
        "_2": ("day", re.compile(" ?[0-9]{1,2}"), 0, 99),
        "02": ("day", _TWO, 0, 99),
        "__2": ("day-of-year", re.compile(" {0,2}[0-9]{1,3}"), 0, 999),
        "002": ("day-of-year", re.compile("[0-9]{3}"), 0, 999),
        "15": ("hour", _ONE_OR_TWO, 0, 23),
        "3": ("hour", _ONE_OR_TWO, 0, 12),
        "03": ("hour", _TWO, 0, 12),
        "4": ("minute", _ONE_OR_TWO, 0, 59),
        "04": ("minute", _TWO, 0, 59),
        "5": ("second", _ONE_OR_TWO, 0, 59),
        "05": ("second", _TWO, 0, 59),
    }
)
"""Elements that are numbers: what they tell, how they are written, least and most."""
_NAMES: Final = MappingProxyType(
    {
        "January": ("month", MONTHS, 1),
        "Jan": ("month", tuple(name[:3] for name in MONTHS), 1),
        "Monday": ("weekday", WEEKDAYS, 0),
        "Mon": ("weekday", tuple(name[:3] for name in WEEKDAYS), 0),
    }
)
_ZONE: Final = re.compile(
    "ChST|MeST|WITA|GMT(?P<hours>[+-][0-9]{1,2})?|[A-Z]{4}T|[A-Z]{3}T|[A-Z]{3}(?![A-Z])|(?P<bare>[+-][0-9]{2})"
)
_FRACTION: Final = re.compile(r"[.,]([0-9]+)")


class _RangeError(Exception):
    """An element is a number that no clock or calendar shows."""


def parse_time(layout: str, value: str) -> Timestamp:
    """The instant of a text in the form of `layout`; raises `GoFormatError` for any other text."""
    try:
        return _assemble(_fields(layout, value))
    except _RangeError as error:
        raise refuse(value, f"parsing time {quote(value)}: {error}") from None


def _fields(layout: str, value: str) -> dict[str, int]:
    """The elements that a text holds, by what they tell."""
    parts, rest, fields = list(chunks(layout)), value, dict[str, int]()
    for (text, element), (_, following) in zip_longest(parts, parts[1:], fillvalue=("", "")):
        behind = _skip(text, rest)
        if behind is None:
            raise _mismatch(layout, value, rest, text)
        rest = behind
        behind = _read(element, rest, fields) if element else rest
        if behind is None:
            raise _mismatch(layout, value, rest, element)
        rest = behind
        if element in {"5", "05"} and following[:1] not in {".", ","}:
            rest = _read_fraction(rest, None, fields) or rest
    if rest:
        raise refuse(value, f"parsing time {quote(value)}: extra text: {quote(rest)}")
    return fields


def _mismatch(layout: str, value: str, rest: str, wanted: str) -> GoFormatError:
    message = f"parsing time {quote(value)} as {quote(layout)}: cannot parse {quote(rest)} as {quote(wanted)}"
    return refuse(value, message)


def _skip(text: str, rest: str) -> str | None:
    """What follows a fixed text, in which a run of spaces stands for any number of them; nothing where it differs."""
    at = 0
    while at < len(text):
        if text[at] == " ":
            if rest and rest[0] != " ":
                return None
            at = len(text) - len(text[at:].lstrip(" "))
            rest = rest.lstrip(" ")
        elif rest[:1] == text[at]:
            at += 1
            rest = rest[1:]
        else:
            return None
    return rest


def _read(element: str, rest: str, fields: dict[str, int]) -> str | None:
    """What follows an element of the reference time, whose value goes into `fields`; nothing where it is absent."""
    if element in _NUMBERS:
        return _read_number(element, rest, fields)
    if element in _NAMES:
        return _read_name(element, rest, fields)
    if element[0] in "-Z":
        return _read_offset(element, rest, fields)
    if element == "MST":
        return _read_zone(rest, fields)
    if element[0] in ".,":
        optional = element[1] == "9"
        behind = _read_fraction(rest, None if optional else len(element) - 1, fields)
        return rest if behind is None and optional else behind
    halves = ("am", "pm") if element == "pm" else ("AM", "PM")
    if rest[:2] not in halves:
        return None
    fields["half"] = halves.index(rest[:2])
    return rest[2:]


def _read_number(element: str, rest: str, fields: dict[str, int]) -> str | None:
    name, form, least, most = _NUMBERS[element]
    found = form.match(rest)
    if not found:
        return None
    fields[name] = int(found[0])
    if not least <= fields[name] <= most:
        raise _RangeError(f"{name} out of range")
    return rest[found.end() :]


def _read_name(element: str, rest: str, fields: dict[str, int]) -> str | None:
    name, words, first = _NAMES[element]
    for index, word in enumerate(words):
        if rest[: len(word)].lower() == word.lower():
            fields[name] = first + index
            return rest[len(word) :]
    return None


def _read_offset(element: str, rest: str, fields: dict[str, int]) -> str | None:
    if element[0] == "Z" and rest[:1] == "Z":
        fields["offset"] = 0
        return rest[1:]
    colon = ":" if ":" in element else ""
    groups = len(element.replace(":", "")) // 2
    found = re.match(f"([+-])([0-9]{{2}}){f'{colon}([0-9]{{2}})' * (groups - 1)}", rest)
    if not found:
        return None
    hours, minutes, seconds = (*(int(digits) for digits in found.groups()[1:]), 0, 0)[:3]
    for name, size, most in (("hour", hours, 24), ("minute", minutes, 59), ("second", seconds, 59)):
        if size > most:
            raise _RangeError(f"time zone offset {name} out of range")
    fields["offset"] = (hours * 3600 + minutes * 60 + seconds) * (-1 if found[1] == "-" else 1)
    return rest[found.end() :]


def _read_zone(rest: str, fields: dict[str, int]) -> str | None:
    """An abbreviation tells no offset, except for `GMT+3`, which is three hours east."""
    if rest.startswith("UTC"):
        fields["offset"] = 0
        return rest[3:]
    found = _ZONE.match(rest)
    if not found:
        return None
    if found["hours"]:
        fields.setdefault("offset", int(found["hours"]) * 3600)
    return rest[found.end() :]


def _read_fraction(rest: str, digits: int | None, fields: dict[str, int]) -> str | None:
    """A fraction of a second, of exactly `digits` digits unless they are not told."""
    found = _FRACTION.match(rest)
    if not found or (digits is not None and len(found[1]) < digits):
        return None
    text = found[1] if digits is None else found[1][:digits]
    fields["nanosecond"] = int(text[:9].ljust(9, "0"))
    return rest[1 + len(text) :]


def _assemble(fields: dict[str, int]) -> Timestamp:
    year = fields.get("year", 0)
    if "short year" in fields:
        year = fields["short year"] + (1900 if fields["short year"] >= 69 else 2000)
    hour = fields.get("hour", 0)
    if "half" in fields:
        hour = hour % 12 + 12 * fields["half"] if hour <= 12 else hour
    seconds = _days(year, fields) * _DAY + hour * 3600 + fields.get("minute", 0) * 60 + fields.get("second", 0)
    offset = fields.get("offset", 0)
    return Timestamp(seconds - offset, fields.get("nanosecond", 0), offset)


def _days(year: int, fields: dict[str, int]) -> int:
    """Days from 1970 to the date, which month and day or the day of the year tell."""
    if "day-of-year" not in fields:
        month, day = fields.get("month", 1), fields.get("day", 1)
        if not 1 <= day <= days_in_month(year, month):
            raise _RangeError("day out of range")
        return days_from_civil(year, month, day)
    start = days_from_civil(year, 1, 1)
    days = start + fields["day-of-year"] - 1
    if not start <= days < days_from_civil(year + 1, 1, 1):
        raise _RangeError("day-of-year out of range")
    month, day = civil_from_days(days)[1:]
    if fields.get("month", month) != month or fields.get("day", day) != day:
        raise _RangeError("day-of-year does not match " + ("month" if fields.get("month", month) != month else "day"))
    return days
