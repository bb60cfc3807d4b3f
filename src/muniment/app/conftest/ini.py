"""INI as Conftest shows it: sections of texts, numbers and truth values; what those are is decided as Go does."""

import re
from collections.abc import Iterator
from math import isfinite
from typing import Any, Final

from muniment.errors import InputError

_NUMBER: Final = re.compile(
    r"[-+]?(?:[0-9](?:_?[0-9])*(?:\.(?:[0-9](?:_?[0-9])*)?)?|\.[0-9](?:_?[0-9])*)(?:[eE][-+]?[0-9]+)?"
)
_TRUE: Final = frozenset({"t", "T", "true", "TRUE", "True"})
_FALSE: Final = frozenset({"f", "F", "false", "FALSE", "False"})
_KEY: Final = re.compile(
    r'(?:(?:(?>"""(?P<long>.*?)""")|"(?P<text>[^"]*+)"|`(?P<raw>[^`]*+)`)[^=:]*+|(?P<bare>[^=:]++))[=:]', re.DOTALL
)
_LONG: Final = ('"""', "`")
"""Quotes of values that may go over several lines."""


def read_ini(text: str) -> dict[str, Any]:
    """Sections of values; keys before the first section stand in the one without a name. Raises InputError."""
    found: dict[str, dict[str, Any]] = {"": {}}
    section = found[""]
    lines = enumerate(text.removeprefix("\ufeff").split("\n"), 1)
    for number, line in lines:
        body = line.strip()
        if not body or body[0] in "#;":
            continue
        if body[0] == "[":
            name = body[1 : body.rfind("]")] if "]" in body else ""
            if not name:
                raise InputError(f"line {number}: no name of a section between brackets", code="syntax-error")
            section = found.setdefault(name, {})
            continue
        key = _KEY.match(body)
        if not key:
            raise InputError(f"line {number}: no key with `=` or `:` behind it", code="syntax-error")
        section[key[key.lastgroup or 0].strip()] = _typed(_value(body[key.end() :].strip(), lines, number))
    return {name: values for name, values in found.items() if values or name}


def _value(text: str, lines: Iterator[tuple[int, str]], number: int) -> str:
    """A value without comment and quotes; it may go on in the lines that follow."""
    for quote in _LONG:
        if text.startswith(quote):
            return _quoted(text[len(quote) :], quote, lines, number)
    if text.endswith("\\"):
        return _continued(text[:-1], lines)
    plain = re.split("[#;]", text, maxsplit=1)[0].strip()
    is_quoted = len(plain) > 1 and plain[0] == plain[-1] and plain[0] in "\"'" and plain.count(plain[0]) == 2
    return plain[1:-1] if is_quoted else plain


def _quoted(text: str, quote: str, lines: Iterator[tuple[int, str]], number: int) -> str:
    parts = [text]
    while quote not in parts[-1]:
        following = next(lines, None)
        if following is None:
            raise InputError(f"line {number}: the closing {quote} is missing", code="syntax-error")
        parts.append(following[1])
    return "\n".join((*parts[:-1], parts[-1][: parts[-1].rindex(quote)]))


def _continued(text: str, lines: Iterator[tuple[int, str]]) -> str:
    parts = [text]
    for _, line in lines:
        body = line.strip()
        parts.append(body.removesuffix("\\"))
        if not body.endswith("\\"):
            break
    return "".join(parts)


def _typed(text: str) -> Any:
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    number = float(text.replace("_", "")) if _NUMBER.fullmatch(text) else float("inf")
    if not isfinite(number):
        return text
    return int(number) if number.is_integer() else number
