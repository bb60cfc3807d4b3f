"""The formats of strings that JSON Schema names."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from muniment.languages.goformat.errors import GoFormatError
from muniment.languages.goformat.layout_parsing import parse_time
from muniment.languages.net import NetError, parse_ip, parse_reference

_HOST: Final = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*"
)
_MAIL: Final = re.compile(r"[^\s@]+@[^\s@]+")
_POINTER: Final = re.compile(r"(?:/(?:[^~/]|~[01])*)*")
_RELATIVE_POINTER: Final = re.compile(r"(?:0|[1-9][0-9]*)(?:#|(?:/(?:[^~/]|~[01])*)*)")
_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_LAYOUTS: Final = ("15:04:05", "15:04:05Z07:00", "2006-01-02", "2006-01-02T15:04:05Z07:00")


def _in_layout(*layouts: str) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        for layout in layouts:
            try:
                parse_time(layout, text)
            except GoFormatError:
                continue
            return True
        return False

    return check


def _is_ip(bits: int) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        try:
            return parse_ip(text).bits == bits
        except NetError:
            return False

    return check


def _is_reference(text: str, *, absolute: bool = False) -> bool:
    try:
        url = parse_reference(text)
    except NetError:
        return False
    return "\\" not in text and bool(url.scheme or not absolute)


def _is_uri(text: str) -> bool:
    return _is_reference(text, absolute=True)


FORMATS: Final[Mapping[str, Callable[[str], bool]]] = MappingProxyType(
    {
        "date": _in_layout("2006-01-02"),
        "time": _in_layout("15:04:05Z07:00"),
        "date-time": _in_layout(*_LAYOUTS),
        "hostname": lambda text: len(text) <= 255 and _HOST.fullmatch(text) is not None,
        "email": lambda text: _MAIL.fullmatch(text) is not None,
        "idn-email": lambda text: _MAIL.fullmatch(text) is not None,
        "ipv4": _is_ip(32),
        "ipv6": _is_ip(128),
        "uri": _is_uri,
        "uri-reference": _is_reference,
        "iri": _is_uri,
        "iri-reference": _is_reference,
        "uuid": lambda text: _UUID.fullmatch(text) is not None,
        "json-pointer": lambda text: _POINTER.fullmatch(text) is not None,
        "relative-json-pointer": lambda text: _RELATIVE_POINTER.fullmatch(text) is not None,
    }
)
