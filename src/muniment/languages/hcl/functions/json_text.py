"""JSON as Terraform writes and reads it, also where parts of the text or of the value are unknown.

A text written from a value with unknown parts keeps that value beside it (`EncodedString`), and a text with holes, such
as a policy in a heredoc, is read with the holes as unknown members.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from muniment.languages.hcl.errors import HclError, limit_exceeded
from muniment.languages.hcl.function import CallContext
from muniment.languages.hcl.functions.texts import EncodedString, joined, merge_parts
from muniment.languages.hcl.types import ANY, STRING, PrimitiveType
from muniment.languages.hcl.values import Marked, nfc, number, to_text, unknown
from muniment.languages.unknown import OpenList, OpenMap, PartialString, Unknown

_ESCAPED = re.compile(r'[\x00-\x1f"\\<>&\u2028\u2029]')
_SHORT: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_SURROGATE = re.compile("[\ud800-\udfff]")

_HOLE = 0xF0000  # of the private use area: stands for an unknown part while the text is processed
_BARE = "\U0010fffd"  # before a hole that is not within a string
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\U000f0000-\U000ffffd]', re.DOTALL)
_HOLES = re.compile("([\U000f0000-\U000ffffd])")
_MOST_HOLES = 0xFFFD


def quote(text: str) -> str:
    """The text as a JSON string, with `<`, `>`, `&` and the two line separators escaped."""
    return f'"{_ESCAPED.sub(_escape, text)}"' if _ESCAPED.search(text) else f'"{text}"'


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    return _SHORT.get(character) or f"\\u{ord(character):04x}"


def encode_json(value: Any) -> str:
    """A wholly known value as JSON; raises HclError for infinity."""
    return _text(value, [])


def _text(value: Any, holes: list[Unknown]) -> str:
    out: list[str] = []
    _write(value, out, holes)
    return "".join(out)


def json_encode(value: Any) -> str | Unknown:
    """The value as JSON; with unknown parts an `EncodedString`, wholly unknown an `Unknown`."""
    if isinstance(value, Unknown) and not isinstance(value, PartialString):
        return unknown((value,), STRING)
    holes: list[Unknown] = []
    return encoded(_text(value, holes), holes, value, "json")


def encoded(text: str, holes: list[Unknown], structure: Any, format: str) -> str | Unknown:  # noqa: A002  the field's name
    """A text in which marks stand for `holes`, with the value that it was written from beside it."""
    if not holes:
        return nfc(text)
    return EncodedString(merge_parts(fill(text, holes)), structure, format)


def fill(text: str, holes: list[Unknown]) -> list[str | Unknown]:
    """The pieces of a text in which marks stand for `holes`."""
    pieces = _HOLES.split(text)
    return [holes[ord(piece) - _HOLE] if place % 2 else piece for place, piece in enumerate(pieces)]


def is_mark(character: str) -> bool:
    """Whether a character may be a mark of `punch`."""
    return "\U000f0000" <= character <= "\U000ffffd"


def punch(value: Unknown, holes: list[Unknown]) -> str:
    """The mark that stands for an unknown value; the value is added to `holes`."""
    if len(holes) >= _MOST_HOLES:
        raise limit_exceeded("too many unknown parts in one text")
    holes.append(value)
    return chr(_HOLE + len(holes) - 1)


def _write(value: Any, out: list[str], holes: list[Unknown]) -> None:
    if isinstance(value, Marked):
        value = value.value
    if isinstance(value, str):
        out.append(quote(value))
    elif value is None:
        out.append("null")
    elif isinstance(value, bool):
        out.append("true" if value else "false")
    elif isinstance(value, int | Decimal):
        out.append(json_number(value))
    elif isinstance(value, Unknown):
        out.append(_written_unknown(value, holes))
    elif isinstance(value, OpenList | OpenMap):
        out.append(punch(unknown((value,)), holes))
    elif not value:
        out.append("{}" if isinstance(value, dict) else "[]")
    elif isinstance(value, dict):
        _write_object(value, out, holes)
    else:
        _write_array(value, out, holes)


def _write_object(value: dict[str, Any], out: list[str], holes: list[Unknown]) -> None:
    separator = "{"
    for key in sorted(value):
        out.append(f"{separator}{quote(key)}:")
        _write(value[key], out, holes)
        separator = ","
    out.append("}")


def _write_array(value: Iterable[Any], out: list[str], holes: list[Unknown]) -> None:
    separator = "["
    for member in value:
        out.append(separator)
        _write(member, out, holes)
        separator = ","
    out.append("]")


def _written_unknown(value: Unknown, holes: list[Unknown]) -> str:
    if isinstance(value, PartialString):
        parts = (_ESCAPED.sub(_escape, part) if isinstance(part, str) else punch(part, holes) for part in value.parts)
        return f'"{"".join(parts)}"'
    is_text = isinstance(value.type, PrimitiveType) and value.type.name == "string"
    return f'"{punch(value, holes)}"' if is_text else punch(value, holes)


def json_number(value: float | Decimal) -> str:
    """A number in JSON: no exponent; raises HclError for infinity."""
    if isinstance(value, Decimal) and not value.is_finite():
        raise HclError("infinity cannot be written as data", code="invalid-argument")
    return to_text(value)


def json_decode(text: str | Unknown, context: CallContext) -> Any:
    """The value of a JSON text; holes of the text become unknown members. Raises HclError when it is not JSON."""
    if isinstance(text, EncodedString) and text.format == "json":
        return as_decoded(text.structure)
    if isinstance(text, PartialString):
        return _decode_partial(text, context)
    if isinstance(text, Unknown):
        return unknown((text,))
    return _parse(text, context, [])


def _decode_partial(text: PartialString, context: CallContext) -> Any:
    holes: list[Unknown] = []
    if any(isinstance(part, str) and (_HOLES.search(part) or _BARE in part) for part in text.parts):
        return unknown((text,))
    marked = "".join(part if isinstance(part, str) else punch(part, holes) for part in text.parts)
    marked = _TOKENS.sub(lambda found: found[0] if len(found[0]) > 1 else f'"{_BARE}{found[0]}"', marked)
    try:
        return _parse(marked, context, holes)
    except HclError as error:
        if error.static:
            raise
        return unknown((text,))


def _parse(text: str, context: CallContext, holes: list[Unknown]) -> Any:
    import json  # noqa: PLC0415  loaded only by configurations that decode

    try:
        parsed = json.loads(text, parse_float=_number, parse_int=_number, parse_constant=_no_constant)
    except RecursionError:
        raise limit_exceeded("the JSON text is nested too deeply") from None
    except ValueError as error:
        raise HclError(f"not a JSON text: {error}", code="invalid-argument") from None
    return _value(parsed, holes, context.limits.data_depth)


def _number(text: str) -> int | Decimal:
    return number(Decimal(text))


def _no_constant(text: str) -> Any:
    raise ValueError(f"{text} is not a JSON value")


def _value(parsed: Any, holes: list[Unknown], depth: int) -> Any:
    if isinstance(parsed, str):
        return _string(parsed, holes)
    if not isinstance(parsed, list | dict):
        return parsed
    if not depth:
        raise limit_exceeded("the JSON text is nested too deeply")
    if isinstance(parsed, list):
        return _array([_value(member, holes, depth - 1) for member in parsed], parsed)
    return _object([(_string(key, holes), _value(member, holes, depth - 1)) for key, member in parsed.items()])


def _array(members: list[Any], parsed: list[Any]) -> Any:
    """A tuple, or an open list where a hole between brackets may stand for any number of members."""
    bare = [isinstance(member, str) and member.startswith(_BARE) for member in parsed]
    if not any(bare):
        return tuple(members)
    causes = unknown(member for member, is_bare in zip(members, bare, strict=True) if is_bare).causes
    return OpenList((member for member, is_bare in zip(members, bare, strict=True) if not is_bare), causes)


def _object(items: list[tuple[Any, Any]]) -> dict[str, Any]:
    known = {key: member for key, member in items if isinstance(key, str)}
    if len(known) == len(items):
        return known
    return OpenMap(known, unknown(key for key, _ in items).causes)


def _string(text: str, holes: list[Unknown]) -> str | Unknown:
    if not holes or not _HOLES.search(text):
        return nfc(_SURROGATE.sub("\ufffd", text))
    if text.startswith(_BARE):
        return Unknown(holes[ord(text[1]) - _HOLE].causes, ANY)
    return joined(fill(text, holes))


def as_decoded(value: Any) -> Any:
    """A value as it comes back from a data format: lists and sets as tuples, maps as objects, no marks."""
    if isinstance(value, Marked):
        value = value.value
    if isinstance(value, OpenMap):
        return OpenMap(((key, as_decoded(member)) for key, member in value.items()), value.causes)
    if isinstance(value, OpenList):
        return OpenList(map(as_decoded, value), value.causes)
    if isinstance(value, dict):
        return {key: as_decoded(value[key]) for key in sorted(value)}
    if isinstance(value, tuple | list):
        return tuple(map(as_decoded, value))
    return value
