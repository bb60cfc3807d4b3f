"""The standard functions: sizes, texts, conversions, times."""

import math
import re
from typing import Any, Final

from muniment.languages.cel.errors import CelEvaluationError
from muniment.languages.cel.function import Function
from muniment.languages.cel.operators import duration, integer, timestamp, unsigned
from muniment.languages.cel.values import Duration, Timestamp, TypeValue, Uint, no_overload, type_name
from muniment.languages.goformat.durations import parse_duration
from muniment.languages.goformat.floats import format_float
from muniment.languages.goformat.timestamps import Timestamp as Instant
from muniment.languages.goformat.timestamps import civil, days_from_civil, parse_rfc3339, print_rfc3339
from muniment.languages.regex import Regex, RegexError
from muniment.languages.regex import compile as compile_regex
from muniment.languages.source import LanguageError
from muniment.languages.unknown import OpenList, OpenMap, PartialString, Unknown

_SECOND: Final = 10**9
_DECIMAL: Final = re.compile(r"[-+]?[0-9]+")
_NUMBER: Final = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")
_LONGEST_NUMBER: Final = 400
"""Characters of a number that is read; one that has a value is far shorter."""
_OFFSET: Final = re.compile(r"([+-]?)(\d\d):(\d\d)")


def size(value: Any) -> Any:
    """Code points, bytes, elements or entries."""
    if value is None:
        raise no_overload("size", value)
    if isinstance(value, OpenList | OpenMap):
        return Unknown(value.causes)
    if isinstance(value, Unknown):
        return Unknown(value.causes)
    if isinstance(value, str | bytes | list | tuple | dict):
        return len(value)
    raise no_overload("size", value)


def size_of_null(value: Any) -> Any:
    """`size` where null is the empty collection."""
    return 0 if value is None else size(value)


def _text(name: str, *values: Any) -> None:
    for value in values:
        if type(value) is not str and not isinstance(value, str):
            raise no_overload(name, *values)


def _starts_with(value: Any, prefix: Any) -> Any:
    if isinstance(value, PartialString) and isinstance(prefix, str):
        known = value.prefix
        if known.startswith(prefix):
            return True
        return Unknown(value.causes) if prefix.startswith(known) else False
    return _unsure(value, prefix) or _plain_text("startsWith", value, prefix).startswith(prefix)


def _ends_with(value: Any, suffix: Any) -> Any:
    if isinstance(value, PartialString) and isinstance(suffix, str):
        known = value.suffix
        if known.endswith(suffix):
            return True
        return Unknown(value.causes) if suffix.endswith(known) else False
    return _unsure(value, suffix) or _plain_text("endsWith", value, suffix).endswith(suffix)


def _contains(value: Any, part: Any) -> Any:
    if isinstance(value, PartialString) and isinstance(part, str):
        return True if value.contains(part) else Unknown(value.causes)
    return _unsure(value, part) or part in _plain_text("contains", value, part)


def _unsure(*values: Any) -> Unknown | None:
    return next((Unknown(value.causes) for value in values if isinstance(value, Unknown)), None)


def _plain_text(name: str, value: Any, other: Any) -> str:
    _text(name, value, other)
    text: str = value
    return text


class Patterns:
    """Compiled regular expressions of one environment."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[str, Regex] = {}

    def get(self, pattern: str) -> Regex:
        """The compiled pattern. Raises CelEvaluationError for one that RE2 refuses."""
        found = self._known.get(pattern)
        if found is None:
            try:
                found = compile_regex(pattern)
            except RegexError as error:
                raise CelEvaluationError(f"invalid pattern {pattern!r}: {error.diagnostic.message}") from error
            self._known[pattern] = found
        return found

    def matches(self, text: Any, pattern: Any) -> Any:
        """Whether the pattern is found anywhere in the text: true of a partly known one where a known part tells."""
        if isinstance(text, PartialString) and isinstance(pattern, str):
            return True if _found_within(self.get(pattern), text) else Unknown(text.causes)
        return _unsure(text, pattern) or self.get(pattern).search(_plain_text("matches", text, pattern)) is not None


def _found_within(pattern: Regex, text: PartialString) -> bool:
    """Whether a match lies inside a known part: next to a hole, what fills it might undo the match."""
    last = len(text.parts) - 1
    known = ((place, part) for place, part in enumerate(text.parts) if isinstance(part, str))
    return any(
        (place == 0 or start > 0) and (place == last or end < len(part))
        for place, part in known
        for start, end in (found.span() for found in pattern.finditer(part))
    )


def to_int(value: Any) -> int:
    """`int(x)`."""
    kind = type(value)
    if kind is int:
        return int(value)
    if kind is Uint:
        return integer(int(value))
    if kind is float:
        if not -(2.0**63) < value < 2.0**63:
            raise CelEvaluationError("integer overflow")
        return int(value)
    if kind is str:
        if len(value) > _LONGEST_NUMBER or not _DECIMAL.fullmatch(value):
            raise CelEvaluationError(f"{value[:40]!r} is no integer")
        return integer(int(value))
    if kind is Timestamp:
        return int(value.ns // _SECOND)
    if kind is Duration:
        return -(-value.ns // _SECOND) if value.ns < 0 else int(value.ns // _SECOND)
    raise no_overload("int", value)


def to_uint(value: Any) -> Uint:
    """`uint(x)`."""
    kind = type(value)
    if kind is Uint:
        return Uint(value)
    if kind is int:
        return unsigned(value)
    if kind is float:
        if not 0 <= value < 2.0**64:
            raise CelEvaluationError("unsigned integer overflow")
        return Uint(int(value))
    if kind is str:
        if len(value) > _LONGEST_NUMBER or not re.fullmatch(r"[0-9]+", value):
            raise CelEvaluationError(f"{value[:40]!r} is no unsigned integer")
        return unsigned(int(value))
    raise no_overload("uint", value)


def to_double(value: Any) -> float:
    """`double(x)`."""
    kind = type(value)
    if kind in {float, int, Uint}:
        return float(value)
    if kind is str:
        return _number(value)
    raise no_overload("double", value)


def _number(text: str) -> float:
    named = text.lower().lstrip("+-") in {"inf", "infinity", "nan"}
    if not named and not _NUMBER.fullmatch(text):
        raise CelEvaluationError(f"{text[:40]!r} is no number")
    number = float(text)
    if math.isinf(number) and not named:
        raise CelEvaluationError(f"{text[:40]!r} is out of range")
    return number


def to_string(value: Any) -> str:
    """`string(x)`."""
    kind = type(value)
    if kind is str:
        return str(value)
    if kind is bool:
        return "true" if value else "false"
    if kind is int or kind is Uint:
        return str(int(value))
    if kind is float:
        return format_float(value)
    if kind is bytes:
        try:
            return str(value, "utf-8")
        except UnicodeDecodeError as error:
            raise CelEvaluationError("the bytes are no UTF-8 text") from error
    if kind is Timestamp:
        return print_rfc3339(Instant(*divmod(value.ns, _SECOND)))
    if kind is Duration:
        return duration_text(value.ns)
    if hasattr(value, "cel_type"):
        return str(value)
    raise no_overload("string", value)


def duration_text(ns: int) -> str:
    """Seconds with `s`: `1.5s`."""
    sign, ns = ("-", -ns) if ns < 0 else ("", ns)
    seconds, rest = divmod(ns, _SECOND)
    return f"{sign}{seconds}" + (f".{rest:09d}".rstrip("0") if rest else "") + "s"


def to_bytes(value: Any) -> bytes:
    """`bytes(x)`."""
    if type(value) is bytes:
        return value
    _text("bytes", value)
    return str(value).encode()


def to_bool(value: Any) -> bool:
    """`bool(x)`."""
    if type(value) is bool:
        return value
    if value in {"true", "True", "TRUE", "t", "T", "1"} and type(value) is str:
        return True
    if value in {"false", "False", "FALSE", "f", "F", "0"} and type(value) is str:
        return False
    if type(value) is str:
        raise CelEvaluationError(f"{value!r} is no boolean")
    raise no_overload("bool", value)


def to_timestamp(value: Any) -> Timestamp:
    """`timestamp(x)`."""
    if type(value) is Timestamp:
        return value
    if type(value) is int:
        return timestamp(value * _SECOND)
    _text("timestamp", value)
    try:
        return timestamp(parse_rfc3339(value).instant)
    except LanguageError as error:
        raise CelEvaluationError(error.diagnostic.message) from error


def to_duration(value: Any) -> Duration:
    """`duration(x)`."""
    if type(value) is Duration:
        return value
    _text("duration", value)
    try:
        found = parse_duration(value)
    except LanguageError as error:
        raise CelEvaluationError(error.diagnostic.message) from error
    return _bounded(found)


def _bounded(ns: int) -> Duration:
    return duration(ns)


def _type(value: Any) -> Any:
    if isinstance(value, PartialString):
        return TypeValue("string")
    return Unknown(value.causes) if isinstance(value, Unknown) else TypeValue(type_name(value))


def _string(value: Any) -> Any:
    if isinstance(value, Unknown):
        return value if isinstance(value, PartialString) else Unknown(value.causes)
    return to_string(value)


class _Part:
    """Reads a part of a time, of an instant in a zone or of a duration."""

    __slots__ = ("_place",)

    def __init__(self, place: str) -> None:
        self._place = place

    def __call__(self, value: Any, zone: Any = "UTC") -> int:
        if isinstance(value, Duration):
            return self._of_duration(value)
        if not isinstance(value, Timestamp) or not isinstance(zone, str):
            raise no_overload(f"get{self._place}", value)
        seconds, ns = divmod(value.ns + offset(zone, value) * _SECOND, _SECOND)
        parts = civil(Instant(seconds))
        days = seconds // 86400
        found = {
            "FullYear": parts.year,
            "Month": parts.month - 1,
            "DayOfMonth": parts.day - 1,
            "Date": parts.day,
            "DayOfWeek": (days + 4) % 7,
            "DayOfYear": days - days_from_civil(parts.year, 1, 1),
            "Hours": parts.hour,
            "Minutes": parts.minute,
            "Seconds": parts.second,
            "Milliseconds": ns // 1_000_000,
        }
        return found[self._place]

    def _of_duration(self, value: Duration) -> int:
        units = {"Hours": 3600 * _SECOND, "Minutes": 60 * _SECOND, "Seconds": _SECOND, "Milliseconds": 1_000_000}
        if self._place not in units:
            raise no_overload(f"get{self._place}", value)
        whole = abs(value.ns) // units[self._place]
        if self._place == "Milliseconds":
            whole %= 1000
        return -whole if value.ns < 0 else whole


def offset(zone: str, value: Timestamp) -> int:
    """Seconds east of UTC of a zone's name or of `+hh:mm` at an instant. Raises CelEvaluationError."""
    if zone in {"UTC", "Z", ""}:
        return 0
    found = _OFFSET.fullmatch(zone)
    if found:
        seconds = int(found[2]) * 3600 + int(found[3]) * 60
        return -seconds if found[1] == "-" else seconds
    import datetime as dt  # noqa: PLC0415  few expressions name a zone
    import zoneinfo  # noqa: PLC0415

    try:
        moment = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=value.ns // _SECOND)
        local = moment.astimezone(zoneinfo.ZoneInfo(zone)).utcoffset()
    except (ValueError, OSError, OverflowError, zoneinfo.ZoneInfoNotFoundError) as error:
        raise CelEvaluationError(f"unknown time zone {zone}") from error
    return int(local.total_seconds()) if local else 0


def standard_functions(patterns: Patterns, *, null_safe: bool) -> tuple[Function, ...]:
    """The functions that every environment has."""
    parts = (
        "FullYear",
        "Month",
        "DayOfMonth",
        "Date",
        "DayOfWeek",
        "DayOfYear",
        "Hours",
        "Minutes",
        "Seconds",
        "Milliseconds",
    )
    return (
        Function("size", size_of_null if null_safe else size, receiver=True, unknowns=True, least=1, most=1),
        Function("startsWith", _starts_with, receiver=True, unknowns=True, least=2, most=2),
        Function("endsWith", _ends_with, receiver=True, unknowns=True, least=2, most=2),
        Function("contains", _contains, receiver=True, unknowns=True, least=2, most=2),
        Function("matches", patterns.matches, receiver=True, unknowns=True, least=2, most=2),
        Function("int", to_int, least=1, most=1),
        Function("uint", to_uint, least=1, most=1),
        Function("double", to_double, least=1, most=1),
        Function("string", _string, unknowns=True, least=1, most=1),
        Function("bytes", to_bytes, least=1, most=1),
        Function("bool", to_bool, least=1, most=1),
        Function("timestamp", to_timestamp, least=1, most=1),
        Function("duration", to_duration, least=1, most=1),
        Function("type", _type, unknowns=True, least=1, most=1),
        Function("dyn", lambda value: value, unknowns=True, least=1, most=1),
        *(Function(f"get{part}", _Part(part), receiver=True, least=1, most=2) for part in parts),
    )
