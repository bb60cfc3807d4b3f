"""Plain scalars by dialect: the same text is a boolean to Kubernetes, a text to yaml.v3, another number to YAML 1.2.

`k8s` follows the resolver of sigs.k8s.io/yaml, `yamlv3` that of go.yaml.in/yaml/v3, each with the step through JSON;
`opa` is what Open Policy Agent makes of the latter: lenient with keys, and without timestamps.
"""

import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from muniment.languages.yaml.timestamps import timestamp_text


class _Merge:
    """The key `<<`, which takes over the members of other mappings."""

    __slots__ = ()


MERGE: Final = _Merge()

_NULLS: Final[dict[str, Any]] = dict.fromkeys(("", "~", "null", "Null", "NULL"))
_BOOLEANS: Final[dict[str, Any]] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_OLD_BOOLEANS: Final[dict[str, Any]] = {
    **dict.fromkeys(("yes", "Yes", "YES", "on", "On", "ON", "y", "Y"), True),
    **dict.fromkeys(("no", "No", "NO", "off", "Off", "OFF", "n", "N"), False),
}
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_DECIMAL: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_GO_INTEGER: Final = re.compile(r"([-+]?)0(?:[xX]([0-9a-fA-F]+)|[bB]([01]+)|[oO]?([0-7]+))")
_CORE_INTEGER: Final = re.compile(r"0x([0-9a-fA-F]+)|0o([0-7]+)|[-+]?[0-9]+")
_NOT_FINITE: Final = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_INT64: Final = 2**63
_LONGEST_NUMBER: Final = 400
"""Digits of the longest text that may be a number: a float has 309, and no reader of JSON keeps more of an integer."""


class BadValueError(ValueError):
    """A node that YAML allows and JSON, the dialect or its own tag does not."""


class Dialect(NamedTuple):
    """How one reader of YAML takes plain scalars, and what it refuses."""

    name: str
    words: dict[str, Any]
    """Texts that are no texts: nulls, booleans, the merge key."""
    number: Callable[[str], Any]
    """The value of a text that begins like a number; the text itself if it is none."""
    strict: bool
    """Whether a key that stands twice is an error."""

    def resolve(self, text: str) -> Any:
        """The value of a plain scalar. Raises BadValueError for an infinity."""
        if text in self.words:
            value = self.words[text]
            return text if value is MERGE else value
        return self.number(text) if text[0] < ":" else text


def _go_number(text: str) -> Any:
    """A number to Go's readers, which take 0777, 0o17, 0b11, 0x1F and 1_000 as integers."""
    plain = text.replace("_", "") if "_" in text else text
    if len(plain) > _LONGEST_NUMBER:
        return text
    if _DECIMAL.fullmatch(plain):
        return _json_integer(int(plain))
    if found := _GO_INTEGER.fullmatch(plain):
        sign, hexadecimal, binary, octal = found.groups()
        size = int(hexadecimal or binary or octal, 16 if hexadecimal else 2 if binary else 8)
        return _json_integer(-size if sign == "-" else size) if size < 2 * _INT64 else _go_float(plain, text)
    return _go_float(text if text[0] == "." else plain, text)


def _go_float(plain: str, text: str) -> Any:
    if not _FLOAT.fullmatch(plain):
        if _NOT_FINITE.fullmatch(text):
            raise BadValueError(f"{text} is no JSON number")
        return text
    value = float(plain)
    return text if value - value else _json_float(value)


def _json_integer(value: int) -> int | float:
    """An integer as it leaves a JSON decoder of Kubernetes: beyond 64 bits it is a float, beyond floats refused."""
    if -_INT64 <= value < _INT64:
        return value
    try:
        return float(value)
    except OverflowError as error:
        raise BadValueError("the number is larger than any that JSON holds") from error


def _json_float(value: float) -> int | float:
    """A float as it leaves JSON that Go wrote: without a fraction it is an integer, if 64 bits hold it."""
    return int(value) if value.is_integer() and -_INT64 <= value < _INT64 else value


def _yaml3_number(text: str) -> Any:
    return timestamp_text(text) or _go_number(text)


def _core_number(text: str) -> Any:
    """A number of YAML 1.2's core schema; integers stay exact."""
    if len(text) > _LONGEST_NUMBER:
        return text
    if found := _CORE_INTEGER.fullmatch(text):
        hexadecimal, octal = found.groups()
        return int(hexadecimal or octal or text, 16 if hexadecimal else 8 if octal else 10)
    if not _FLOAT.fullmatch(text):
        if _NOT_FINITE.fullmatch(text):
            raise BadValueError(f"{text} is no JSON number")
        return text
    value = float(text)
    if value - value:
        raise BadValueError(f"{text} is no JSON number")
    return _json_float(value)


DIALECTS: Final[dict[str, Dialect]] = {
    "k8s": Dialect("k8s", _NULLS | _BOOLEANS | _OLD_BOOLEANS | {"<<": MERGE}, _go_number, strict=False),
    "yamlv3": Dialect("yamlv3", _NULLS | _BOOLEANS | {"<<": MERGE}, _yaml3_number, strict=True),
    "opa": Dialect("opa", _NULLS | _BOOLEANS | {"<<": MERGE}, _go_number, strict=False),
    "core12": Dialect("core12", _NULLS | {"true": True, "false": False}, _core_number, strict=True),
}
