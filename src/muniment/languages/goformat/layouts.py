"""Times by Go's layouts: a layout is the reference time `Mon Jan 2 15:04:05 MST 2006` written in the wanted form."""

import re
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final, NamedTuple

from muniment.languages.goformat.timestamps import MONTHS, WEEKDAYS, Civil, Timestamp, civil, days_from_civil, weekday

RFC3339: Final = "2006-01-02T15:04:05Z07:00"
RFC3339_NANO: Final = "2006-01-02T15:04:05.999999999Z07:00"
NAMED_LAYOUTS: Final = MappingProxyType(
    {
        "ANSIC": "Mon Jan _2 15:04:05 2006",
        "UnixDate": "Mon Jan _2 15:04:05 MST 2006",
        "RubyDate": "Mon Jan 02 15:04:05 -0700 2006",
        "RFC822": "02 Jan 06 15:04 MST",
        "RFC822Z": "02 Jan 06 15:04 -0700",
        "RFC850": "Monday, 02-Jan-06 15:04:05 MST",
        "RFC1123": "Mon, 02 Jan 2006 15:04:05 MST",
        "RFC1123Z": "Mon, 02 Jan 2006 15:04:05 -0700",
        "RFC3339": RFC3339,
        "RFC3339Nano": RFC3339_NANO,
    }
)
"""The layouts that Go's `time` package has names for."""

_CHUNK: Final = re.compile(
    r"January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|002|0[1-6]|15|1|2006|2|__2|_2(?!006)|3|4|5|PM|pm"
    r"|[-Z]07:00:00|[-Z]070000|[-Z]07:00|[-Z]0700|[-Z]07|[.,](?:0+|9+)(?![0-9])"
)


class Moment(NamedTuple):
    """What a layout can show of a time: the wall clock, and its zone."""

    wall: Civil
    nanoseconds: int = 0
    offset: int = 0
    """Seconds east of UTC."""
    zone: str = "UTC"
    """The abbreviation, empty where the zone has none."""

    @property
    def year_day(self) -> int:
        """1 for the first of January."""
        return days_from_civil(*self.wall[:3]) - days_from_civil(self.wall.year, 1, 1) + 1


def chunks(layout: str) -> Iterator[tuple[str, str]]:
    """A layout in parts: each a fixed text and the element of the reference time behind it, none behind the last."""
    end = 0
    for found in _CHUNK.finditer(layout):
        yield layout[end : found.start()], found[0]
        end = found.end()
    yield layout[end:], ""


def format_time(moment: Timestamp, layout: str, zone: str = "UTC") -> str:
    """A time at its own offset in the form of `layout`; `zone` is the abbreviation that `MST` stands for."""
    shown = Moment(civil(moment), moment.nanoseconds, moment.offset, zone)
    return "".join(text + _show(chunk, shown) for text, chunk in chunks(layout))


def _show(chunk: str, moment: Moment) -> str:
    if not chunk:
        return ""
    if chunk[0] in ".,":
        return _fraction(chunk, moment.nanoseconds)
    if chunk[0] in "-Z":
        return _offset(chunk, moment.offset)
    return _ELEMENTS[chunk](moment)


def _fraction(chunk: str, nanoseconds: int) -> str:
    """`.000` always shows its digits, `.999` only those that are not trailing zeros."""
    digits = f"{nanoseconds:09d}"[: len(chunk) - 1].ljust(min(len(chunk) - 1, 9), "0")
    if chunk[1] == "9":
        digits = digits.rstrip("0")
    return chunk[0] + digits if digits else ""


def _offset(chunk: str, offset: int) -> str:
    if chunk[0] == "Z" and not offset:
        return "Z"
    size = abs(offset)
    parts = [f"{size // 3600:02d}", f"{size // 60 % 60:02d}", f"{size % 60:02d}"]
    count = {2: 1, 4: 2, 6: 3}[len(chunk[1:].replace(":", ""))]
    return ("-" if offset < 0 else "+") + (":" if ":" in chunk else "").join(parts[:count])


def _zone(moment: Moment) -> str:
    if moment.zone:
        return moment.zone
    return _offset("-07" if moment.offset % 3600 == 0 else "-0700", moment.offset)


def _year(moment: Moment) -> str:
    year = moment.wall.year
    return f"{'-' if year < 0 else ''}{abs(year):04d}"


_ELEMENTS: Final = MappingProxyType[str, Callable[[Moment], str]](
    {
        "January": lambda m: MONTHS[m.wall.month - 1],
        "Jan": lambda m: MONTHS[m.wall.month - 1][:3],
        "1": lambda m: str(m.wall.month),
        "01": lambda m: f"{m.wall.month:02d}",
        "Monday": lambda m: WEEKDAYS[weekday(m.wall)],
        "Mon": lambda m: WEEKDAYS[weekday(m.wall)][:3],
        "2": lambda m: str(m.wall.day),
        "_2": lambda m: f"{m.wall.day:2d}",
        "02": lambda m: f"{m.wall.day:02d}",
        "__2": lambda m: f"{m.year_day:3d}",
        "002": lambda m: f"{m.year_day:03d}",
        "15": lambda m: f"{m.wall.hour:02d}",
        "3": lambda m: str(m.wall.hour % 12 or 12),
        "03": lambda m: f"{m.wall.hour % 12 or 12:02d}",
        "4": lambda m: str(m.wall.minute),
        "04": lambda m: f"{m.wall.minute:02d}",
        "5": lambda m: str(m.wall.second),
        "05": lambda m: f"{m.wall.second:02d}",
        "2006": _year,
        "06": lambda m: f"{m.wall.year % 100:02d}",
        "PM": lambda m: "PM" if m.wall.hour >= 12 else "AM",
        "pm": lambda m: "pm" if m.wall.hour >= 12 else "am",
        "MST": _zone,
    }
)
