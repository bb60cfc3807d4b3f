"""Times in nanoseconds since 1970, with or without a time zone."""

import re
from types import MappingProxyType
from typing import Final, NamedTuple

from muniment.languages.goformat.durations import parse_duration
from muniment.languages.goformat.errors import GoFormatError
from muniment.languages.goformat.floats import format_float
from muniment.languages.goformat.layout_parsing import parse_time
from muniment.languages.goformat.layouts import NAMED_LAYOUTS, RFC3339, RFC3339_NANO, format_time
from muniment.languages.goformat.quoting import quote
from muniment.languages.goformat.timestamps import WEEKDAYS, Timestamp, civil, days_from_civil, days_in_month
from muniment.languages.goformat.timestamps import weekday as day_of_week
from muniment.languages.rego.builtins.arithmetic import whole
from muniment.languages.rego.signatures import BuiltinError, operand_error
from muniment.languages.rego.values import Value, is_number

_SECOND: Final = 1_000_000_000
_DAY: Final = 86400
_INT64: Final = 2**63
_HOURS: Final = MappingProxyType({"d": 24, "w": 7 * 24, "y": 365 * 24})
_SEGMENT: Final = re.compile(r"([0-9]+\.?[0-9]*|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h|d|w|y)")


class ZonedTime(NamedTuple):
    """A time at the offset of its zone, the zone's abbreviation, and the layout that was asked for."""

    moment: Timestamp
    zone: str
    layout: str
    zone_name: str


def read(value: Value) -> ZonedTime:
    """The time of an operand: nanoseconds, or an array of them, a zone and a layout."""
    wanted = "either number (ns) or [number (ns), string (tz)]"
    parts = value if value.__class__ is list else [value]
    if not parts or (value.__class__ is not list and not is_number(value)):
        raise operand_error(1, wanted, value)
    if not is_number(parts[0]):
        raise operand_error(1, "number", parts[0])
    for part in parts[1:3]:
        if part.__class__ is not str:
            raise operand_error(1, "string", part)
    nanoseconds = whole(parts[0])
    if nanoseconds is None or not -_INT64 <= nanoseconds < _INT64:
        raise BuiltinError("timestamp too big")
    name = parts[1] if len(parts) > 1 else ""
    return _in_zone(nanoseconds, name, parts[2] if len(parts) > 2 else "")


def _in_zone(nanoseconds: int, name: str, layout: str) -> ZonedTime:
    seconds, rest = divmod(nanoseconds, _SECOND)
    offset, zone = (0, "UTC") if name in {"", "UTC", "Local"} else _zone(name, seconds)
    return ZonedTime(Timestamp(seconds, rest, offset), zone, layout, name)


def _zone(name: str, seconds: int) -> tuple[int, str]:
    """Offset and abbreviation of a zone of the tz database at a time."""
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415  hardly a policy has time zones
    from zoneinfo import ZoneInfo  # noqa: PLC0415  same

    try:
        zone = ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise BuiltinError(f"unknown time zone {name}") from None
    moment = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).astimezone(zone)
    abbreviation = moment.tzname() or ""
    return int((moment.utcoffset() or timedelta()).total_seconds()), "" if abbreviation[:1] in "+-" else abbreviation


def _checked(nanoseconds: int) -> int:
    if not -_INT64 <= nanoseconds < _INT64:
        raise BuiltinError("time outside of valid range")
    return nanoseconds


def parse(layout: str, text: str) -> int:
    """The time of a text in the form of a layout, which may be one of Go's names such as `RFC822`."""
    try:
        return _checked(parse_time(NAMED_LAYOUTS.get(layout, layout), text).instant)
    except GoFormatError as error:
        raise BuiltinError(error.diagnostic.message) from None


def parse_duration_ns(text: str) -> int:
    """The nanoseconds of a duration; besides Go's units, days, weeks and years of 365 days."""
    try:
        return parse_duration(_in_hours(text) if re.search("[dwy]", text) else text)
    except GoFormatError as error:
        raise BuiltinError(error.diagnostic.message) from None


def _in_hours(text: str) -> str:
    sign = text[:1] if text[:1] in {"+", "-"} else ""
    body = text[len(sign) :]
    segments = _SEGMENT.findall(body)
    if "".join(map("".join, segments)) != body:
        raise BuiltinError(f"time: invalid duration {quote(text)}")
    return sign + "".join(
        f"{format_float(float(digits) * _HOURS[unit], 'f')}h" if unit in _HOURS else digits + unit
        for digits, unit in segments
    )


def date(value: Value) -> list[int]:
    """Year, month and day."""
    return list(civil(read(value).moment)[:3])


def clock(value: Value) -> list[int]:
    """Hour, minute and second."""
    return list(civil(read(value).moment)[3:])


def weekday(value: Value) -> str:
    """The day of the week."""
    return WEEKDAYS[day_of_week(civil(read(value).moment))]


def formatted(value: Value) -> str:
    """The time by the layout of the operand, in RFC 3339 without one."""
    moment, zone, layout, _ = read(value)
    return format_time(moment, NAMED_LAYOUTS.get(layout, layout) or RFC3339_NANO, zone)


def add_date(value: Value, years: Value, months: Value, days: Value) -> int:
    """The time so many years, months and days later on the clock of its zone; months that are too short run over."""
    moment, _, _, zone = read(value)
    added = [_integer(part, position) for position, part in enumerate((years, months, days), 2)]
    wall = civil(moment)
    year, month = divmod(wall.year * 12 + wall.month - 1 + added[0] * 12 + added[1], 12)
    seconds = (days_from_civil(year, month + 1, 1) + wall.day - 1 + added[2]) * _DAY + (
        moment.seconds + moment.offset
    ) % _DAY
    instant = _checked((seconds - moment.offset) * _SECOND + moment.nanoseconds)
    shifted = _in_zone(instant, zone, "").moment
    return _checked(instant + (moment.offset - shifted.offset) * _SECOND)


def _integer(value: Value, position: int) -> int:
    if not is_number(value):
        raise operand_error(position, "number", value)
    number = whole(value)
    if number is None:
        message = f"operand {position} must be integer number but got floating-point number"
        raise BuiltinError(message, code="eval_type_error")
    return number


def difference(first: Value, second: Value) -> list[int]:
    """Years, months, days, hours, minutes and seconds between two times, on the clock of the first one's zone."""
    start = read(first)
    end = _in_zone(read(second).moment.instant, start.zone_name, "")
    early, late = sorted((start.moment, end.moment), key=lambda moment: moment.instant)
    wall, until = civil(early), civil(late)
    parts = [b - a for a, b in zip(wall, until, strict=True)]
    for place, size in ((5, 60), (4, 60), (3, 24), (2, days_in_month(wall.year, wall.month)), (1, 12)):
        if parts[place] < 0:
            parts[place] += size
            parts[place - 1] -= 1
    return parts


FUNCTIONS: Final = MappingProxyType(
    {
        "time.add_date": add_date,
        "time.clock": clock,
        "time.date": date,
        "time.diff": difference,
        "time.format": formatted,
        "time.now_ns": lambda context: context.now_ns,
        "time.parse_duration_ns": parse_duration_ns,
        "time.parse_ns": parse,
        "time.parse_rfc3339_ns": lambda text: parse(RFC3339, text),
        "time.weekday": weekday,
    }
)
