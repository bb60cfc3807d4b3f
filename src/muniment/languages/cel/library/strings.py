"""The string extensions of cel-go: positions are code points."""

import re
from typing import Any

from muniment.languages.cel.errors import CelEvaluationError
from muniment.languages.cel.function import Function
from muniment.languages.cel.library.formatting import format_text
from muniment.languages.cel.operators import LONGEST, sized
from muniment.languages.cel.values import no_overload


def _texts(name: str, *values: Any) -> None:
    if not all(type(value) is str for value in values):
        raise no_overload(name, *values)


def _places(name: str, *values: Any) -> None:
    if not all(value is None or type(value) is int for value in values):
        raise no_overload(name, *values)


def _char_at(text: Any, place: Any) -> str:
    _texts("charAt", text)
    _places("charAt", place)
    if not 0 <= place <= len(text):
        raise CelEvaluationError(f"index out of range: {place}")
    return str(text[place : place + 1])


def _index_of(text: Any, part: Any, start: int = 0) -> int:
    _texts("indexOf", text, part)
    _places("indexOf", start)
    if not 0 <= start <= len(text):
        if part == "" and start == len(text):
            return start
        raise CelEvaluationError(f"index out of range: {start}")
    return int(text.find(part, start))


def _last_index_of(text: Any, part: Any, last: int | None = None) -> int:
    _texts("lastIndexOf", text, part)
    _places("lastIndexOf", last)
    if last is None:
        return int(text.rfind(part))
    if not 0 <= last <= max(len(text) - 1, 0) and not (part == "" and last == len(text)):
        raise CelEvaluationError(f"index out of range: {last}")
    return int(text.rfind(part, 0, last + len(part)))


def _join(parts: Any, separator: Any = "") -> str:
    if not isinstance(parts, list | tuple):
        raise no_overload("join", parts)
    _texts("join", separator, *parts)
    return str(sized(separator.join(parts), LONGEST))


def _lower(text: Any) -> str:
    _texts("lowerAscii", text)
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in text)


def _upper(text: Any) -> str:
    _texts("upperAscii", text)
    return "".join(chr(ord(c) - 32) if "a" <= c <= "z" else c for c in text)


def _replace(text: Any, old: Any, new: Any, limit: int = -1) -> str:
    _texts("replace", text, old, new)
    _places("replace", limit)
    found = text.count(old) if limit < 0 else min(text.count(old), limit)
    if len(text) + found * (len(new) - len(old)) > LONGEST:
        raise CelEvaluationError(f"a text is longer than {LONGEST}", code="limit-exceeded")
    return str(text.replace(old, new, limit if limit >= 0 else -1))


def _split(text: Any, separator: Any, limit: int = -1) -> list[str]:
    _texts("split", text, separator)
    _places("split", limit)
    if limit == 0:
        return []
    if limit == 1:
        return [text]
    if separator == "":
        parts = list(text)
        if 0 < limit < len(parts):
            return [*parts[: limit - 1], "".join(parts[limit - 1 :])]
        return parts
    return list(text.split(separator, limit - 1 if limit > 0 else -1))


def _substring(text: Any, start: int, end: int | None = None) -> str:
    _texts("substring", text)
    _places("substring", start, end)
    last = len(text) if end is None else end
    if not 0 <= start <= len(text) or not 0 <= last <= len(text):
        raise CelEvaluationError(f"index out of range: {start if not 0 <= start <= len(text) else last}")
    if start > last:
        raise CelEvaluationError(f"invalid substring range. start: {start}, end: {last}")
    return str(text[start:last])


_BLANKS = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))


def _trim(text: Any) -> str:
    _texts("trim", text)
    return str(text.strip(_BLANKS))


def _reverse(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return list(reversed(value))
    _texts("reverse", value)
    return value[::-1]


def _quote(text: Any) -> str:
    _texts("strings.quote", text)
    return f'"{_QUOTED.sub(lambda found: _SHORT[found[0]], text)}"'


_SHORT = {
    "\a": "\\a",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\v": "\\v",
    "\\": "\\\\",
    '"': '\\"',
}
_QUOTED = re.compile(r'[\a\b\f\n\r\t\v\\"]')


def string_functions() -> tuple[Function, ...]:
    """The whole extension."""
    return (
        Function("charAt", _char_at, receiver=True, least=2, most=2),
        Function("indexOf", _index_of, receiver=True, whole=True, least=2, most=3),
        Function("lastIndexOf", _last_index_of, receiver=True, whole=True, least=2, most=3),
        Function("join", _join, receiver=True, whole=True, least=1, most=2),
        Function("lowerAscii", _lower, receiver=True, least=1, most=1),
        Function("upperAscii", _upper, receiver=True, least=1, most=1),
        Function("replace", _replace, receiver=True, least=3, most=4),
        Function("split", _split, receiver=True, least=2, most=3),
        Function("substring", _substring, receiver=True, least=2, most=3),
        Function("trim", _trim, receiver=True, least=1, most=1),
        Function("reverse", _reverse, receiver=True, whole=True, least=1, most=1),
        Function("format", format_text, receiver=True, whole=True, least=2, most=2),
        Function("strings.quote", _quote, least=1, most=1),
    )
