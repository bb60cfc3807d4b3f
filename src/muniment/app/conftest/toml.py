"""TOML as Conftest shows it: times are texts."""

import re
import tomllib
from datetime import date, datetime, time
from math import isfinite
from typing import Any

from muniment.errors import InputError


def read_toml(text: str) -> dict[str, Any]:
    """The root table of a text. Raises InputError."""
    try:
        return {key: _plain(value) for key, value in tomllib.loads(text).items()}
    except (ValueError, RecursionError) as error:
        raise InputError(f"is no TOML: {error}", code="syntax-error") from error


def _plain(value: Any) -> Any:
    """A value with times as the texts that Go writes for them, and no number that JSON lacks. Raises InputError."""
    if isinstance(value, dict):
        return {key: _plain(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_plain(member) for member in value]
    if isinstance(value, float) and not isfinite(value):
        raise InputError(f"{value} is no number of JSON", code="not-supported")
    return value if isinstance(value, str | int | float) else _moment(value)


def _moment(value: date | time) -> str:
    """A time in the form of RFC 3339; what has no date is in the year 0, what has no time of day at its start."""
    text = value.isoformat().replace("+00:00", "Z")
    if not isinstance(value, date):
        text = f"0000-01-01T{text}"
    elif not isinstance(value, datetime):
        text += "T00:00:00"
    seconds, dot, fraction = text.partition(".")
    digits = re.match("[0-9]*", fraction)
    places = digits[0] if digits else ""
    zone = fraction[len(places) :]
    is_local = getattr(value, "tzinfo", None) is None
    return f"{seconds}{dot}{places.rstrip('0')}{zone}{'Z' if is_local else ''}"
