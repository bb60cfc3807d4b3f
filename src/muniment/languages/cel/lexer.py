"""Turns a text into tokens with one regular expression."""

import re
from math import inf
from typing import Any, Final, NamedTuple

from muniment.languages.cel.errors import CelError, syntax_error
from muniment.languages.cel.values import Uint

_TOKEN: Final = re.compile(
    r"""(?xs)
    (?:[ \t\r\n\f]|//[^\n]*)*+
    (?:
    (?P<float>(?:[0-9]+\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+|\.[0-9]+(?:[eE][+-]?[0-9]+)?))
  | (?P<int>(?:0x[0-9a-fA-F]+|[0-9]+)[uU]?)
  | (?P<plain>"[^"\\\r\n]+"|'[^'\\\r\n]+')
  | (?P<string>(?:[rR][bB]?|[bB][rR]?)?(?:\"\"\"|'''|"|'))
  | (?P<name>[_a-zA-Z][_a-zA-Z0-9]*)
  | (?P<quoted>`[a-zA-Z0-9_.\-/ ]+`)
  | (?P<sign>&&|\|\||==|!=|<=|>=|[-+*/%<>!?:.,()\[\]{}])
  | (?P<end>\Z)
  | (?P<bad>.)
    )
    """
)
_LONGEST_NUMBER: Final = 400
"""Characters of a number; the longest that has a value is far shorter."""
_ESCAPE: Final = re.compile(
    r"\\(?:([abfnrtv\\?\"'`])|[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|(?s:.)|$)"
)
_SIMPLE: Final = {
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "\\": "\\",
    "?": "?",
    '"': '"',
    "'": "'",
    "`": "`",
}


class Token(NamedTuple):
    """`kind` is `name`, `quoted`, `value`, `sign` or `end`."""

    kind: str
    text: str
    value: Any
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """All tokens, the last one of kind `end`. Raises CelError."""
    tokens: list[Token] = []
    match, place = _TOKEN.match, 0
    while True:
        found = match(text, place)
        assert found is not None  # noqa: S101  the last alternatives take anything
        kind = found.lastgroup or ""
        piece = found[kind]
        start, place = found.span(kind)
        if kind in {"name", "sign"}:
            tokens.append(Token(kind, piece, None, start, place))
        elif kind == "plain":
            tokens.append(Token("value", piece, piece[1:-1], start, place))
        elif kind == "string":
            place, value = _string(text, start, piece)
            tokens.append(Token("value", text[start:place], value, start, place))
        elif kind in {"int", "float"}:
            tokens.append(Token("value", piece, _number(text, kind, piece, start), start, place))
        elif kind == "quoted":
            tokens.append(Token(kind, piece[1:-1], None, start, place))
        elif kind == "end":
            tokens.append(Token("end", "", None, start, start))
            return tokens
        else:
            raise syntax_error(text, start, place, f"{piece!r} cannot stand here")


def _number(text: str, kind: str, piece: str, start: int) -> int | float:
    if len(piece) > _LONGEST_NUMBER:
        raise syntax_error(text, start, start + len(piece), "the number is too long")
    if kind == "float":
        value = float(piece)
        if value == inf:
            raise syntax_error(text, start, start + len(piece), "the number is out of range")
        return value
    digits = piece.rstrip("uU")
    number = int(digits, 16) if digits.startswith("0x") else int(digits)
    return Uint(number) if digits != piece else number


def _string(text: str, start: int, opening: str) -> tuple[int, str | bytes]:
    """The end of a string literal, and its value."""
    prefix = opening.rstrip("\"'")
    mark = opening[len(prefix) :]
    raw, is_bytes = "r" in prefix.lower(), "b" in prefix.lower()
    place = start + len(opening)
    end = place
    while not text.startswith(mark, end):
        if end >= len(text) or (len(mark) == 1 and text[end] in "\r\n"):
            raise syntax_error(text, start, end, "the string is not closed")
        end += 2 if text[end] == "\\" and not raw else 1
    body = text[place:end]
    if raw:
        return end + len(mark), body.encode("utf-8", "surrogatepass") if is_bytes else body
    return end + len(mark), _unescape_bytes(text, start, body) if is_bytes else _unescape(text, start, body)


def _unescape(text: str, start: int, body: str) -> str:
    def replace(found: re.Match[str]) -> str:
        simple, *codes = found.groups()
        if simple is not None:
            return _SIMPLE[simple]
        code = next((int(code, 8 if place == 3 else 16) for place, code in enumerate(codes) if code is not None), None)
        if code is None or code > 0x10FFFF or 0xD800 <= code < 0xE000:
            raise _bad_escape(text, start, found[0])
        return chr(code)

    return _ESCAPE.sub(replace, body) if "\\" in body else body


def _unescape_bytes(text: str, start: int, body: str) -> bytes:
    out = bytearray()
    place = 0
    for found in _ESCAPE.finditer(body):
        out += body[place : found.start()].encode("utf-8", "surrogatepass")
        place = found.end()
        simple, short, four, eight, octal = found.groups()
        if simple is not None:
            out += _SIMPLE[simple].encode()
        elif short is not None or octal is not None:
            out.append(int(short, 16) if short is not None else int(octal, 8))
        else:
            raise _bad_escape(text, start, found[0] if not (four or eight) else f"{found[0]} in bytes")
    return bytes(out + body[place:].encode("utf-8", "surrogatepass"))


def _bad_escape(text: str, start: int, escape: str) -> CelError:
    return syntax_error(text, start, start + 1, f"{escape} is no escape")
