"""RFC 3339 times with nanoseconds, years 0000 to 9999, as Go's `time.Parse(time.RFC3339, ...)` reads them."""

import re
from typing import Final, NamedTuple

from muniment.languages.goformat.errors import refuse

_FORM: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d{1,2}):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))", re.ASCII
)
_DAY: Final = 86400
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS: Final = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


class Timestamp(NamedTuple):
    """An instant and the offset that it was written with; compare `instant`."""

    seconds: int
    """Seconds since 1970-01-01T00:00:00Z, rounded down."""
    nanoseconds: int = 0
    offset: int = 0
    """Seconds east of UTC."""

    @property
    def instant(self) -> int:
        """Nanoseconds since 1970-01-01T00:00:00Z."""
        return self.seconds * 1_000_000_000 + self.nanoseconds


class Civil(NamedTuple):
    """A date and a time of day on the wall."""

    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int


def days_from_civil(year: int, month: int, day: int) -> int:
    """Days from 1970-01-01 to a date of the proleptic Gregorian calendar."""
    year -= month <= 2
    era, of_era = divmod(year, 400)
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def civil_from_days(days: int) -> tuple[int, int, int]:
    """Year, month and day of a number of days from 1970-01-01."""
    era, of_era = divmod(days + 719468, 146097)
    year_of_era = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    return year_of_era + era * 400 + (month <= 2), month, of_year - (153 * shifted + 2) // 5 + 1


def days_in_month(year: int, month: int) -> int:
    """28 to 31."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def weekday(wall: Civil) -> int:
    """The day of the week, 0 for Sunday."""
    return (days_from_civil(*wall[:3]) + 4) % 7


def civil(moment: Timestamp) -> Civil:
    """What a wall clock at the timestamp's own offset shows."""
    days, seconds = divmod(moment.seconds + moment.offset, _DAY)
    return Civil(*civil_from_days(days), seconds // 3600, seconds // 60 % 60, seconds % 60)


def parse_rfc3339(text: str) -> Timestamp:
    """The instant of a text such as `2024-01-02T03:04:05.123Z`; raises `GoFormatError` for any other text."""
    found = _FORM.fullmatch(text)
    if not found:
        raise refuse(text, f'parsing time "{text}" as "2006-01-02T15:04:05Z07:00": cannot parse')
    year, month, day, hour, minute, second = (int(found[n]) for n in range(1, 7))
    east, north = int(found[9] or 0), int(found[10] or 0)
    fault = _out_of_range(Civil(year, month, day, hour, minute, second)) or (
        "time zone offset hour" if east > 24 else "time zone offset minute" if north > 60 else None
    )
    if fault:
        raise refuse(text, f'parsing time "{text}": {fault} out of range')
    offset = (east * 60 + north) * (-60 if found[8] == "-" else 60)
    seconds = days_from_civil(year, month, day) * _DAY + hour * 3600 + minute * 60 + second - offset
    return Timestamp(seconds, int((found[7] or "0")[:9].ljust(9, "0")), offset)


def _out_of_range(wall: Civil) -> str | None:
    if not 1 <= wall.month <= 12:
        return "month"
    if not 1 <= wall.day <= days_in_month(wall.year, wall.month):
        return "day"
    return "hour" if wall.hour > 23 else "minute" if wall.minute > 59 else "second" if wall.second > 59 else None


def print_rfc3339(moment: Timestamp, *, fraction: bool = True) -> str:
    """The text of a time at its own offset, with the digits of its fraction that are needed."""
    year, month, day, hour, minute, second = civil(moment)
    digits = f".{moment.nanoseconds:09d}".rstrip("0") if fraction and moment.nanoseconds else ""
    size = abs(moment.offset) // 60
    zone = f"{'-' if moment.offset < 0 else '+'}{size // 60:02d}:{size % 60:02d}" if moment.offset else "Z"
    return f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}{digits}{zone}"
