"""Plain scalars by dialect: the same text is a boolean to Kubernetes, a text to yaml.v3, another number to YAML 1.2."""

import re
from collections.abc import Callable
from typing import Any, Final

_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE: Final = frozenset({"true", "True", "TRUE"})
_FALSE: Final = frozenset({"false", "False", "FALSE"})
_TRUE_1_1: Final = _TRUE | {"yes", "Yes", "YES", "on", "On", "ON", "y", "Y"}
_FALSE_1_1: Final = _FALSE | {"no", "No", "NO", "off", "Off", "OFF", "n", "N"}
_STARTS: Final = frozenset("+-.0123456789")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INFINITE: Final = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_LARGEST: Final = 2**63

Resolve = Callable[[str], Any]


class NotJsonError(ValueError):
    """A scalar that no JSON value can hold: an infinity or not-a-number."""


def resolver(dialect: str) -> Resolve:
    """The function that turns a plain scalar's text into a value."""
    return {"k8s": _kubernetes, "yamlv3": _yaml3, "core12": _core}[dialect]


def _kubernetes(text: str) -> Any:
    first = text[:1]
    if first in _STARTS and first:
        return _number(text, octal=True)
    if text in _NULLS:
        return None
    if text in _TRUE_1_1:
        return True
    if text in _FALSE_1_1:
        return False
    return text


def _yaml3(text: str) -> Any:
    first = text[:1]
    if first in _STARTS and first:
        return _number(text, octal=True)
    if text in _NULLS:
        return None
    if text in _TRUE:
        return True
    return False if text in _FALSE else text


def _core(text: str) -> Any:
    first = text[:1]
    if first in _STARTS and first:
        return _number(text, octal=False)
    if text in _NULLS:
        return None
    if text == "true":
        return True
    return False if text == "false" else text


def _number(text: str, *, octal: bool) -> Any:
    """A number, or the text if it is none. `octal`: Go's readers take 0777, 0b11 and 1_000 as numbers."""
    plain = text.replace("_", "") if octal and "_" in text else text
    digits = plain.lstrip("+-")
    if digits.isdecimal() and len(plain) - len(digits) <= 1 and digits.isascii():
        return _integer(plain, digits, text, octal=octal)
    if digits[:1] == "0" and digits[1:2] in {"x", "o", "b"}:
        return _prefixed(plain, digits, text, octal=octal)
    if _FLOAT.fullmatch(plain):
        return _float(plain)
    if _INFINITE.fullmatch(text):
        raise NotJsonError(text)
    return text


def _integer(plain: str, digits: str, text: str, *, octal: bool) -> Any:
    if octal and len(digits) > 1 and digits[0] == "0":
        try:
            return int(digits, 8) * (-1 if plain[0] == "-" else 1)
        except ValueError:
            return float(plain) if "_" not in text else text
    if len(digits) > 400:
        return text
    value = int(plain)
    return value if not octal or -_LARGEST <= value < 2 * _LARGEST else float(value)


def _prefixed(plain: str, digits: str, text: str, *, octal: bool) -> Any:
    base = {"x": 16, "o": 8, "b": 2}[digits[1]]
    if base == 2 and not octal:
        return text
    try:
        value = int(digits[2:], base)
    except ValueError:
        return text
    return -value if plain[0] == "-" else value


def _float(plain: str) -> Any:
    """A float; one without a fraction below 1e21 is an integer, as JSON in Go makes it."""
    value = float(plain)
    if value in {float("inf"), float("-inf")}:
        raise NotJsonError(plain)
    return int(value) if value.is_integer() and abs(value) < 1e21 else value
