"""HOCON's grammar: a text as objects of assigned values whose references are still to be followed."""

import re
from typing import Any, Final, NamedTuple

from muniment.app.conftest.tokens import Cursor, Token, split, unescaped

_TOKEN: Final = re.compile(
    r"""(?P<comment>(?:\#|//)[^\n]*)
      |(?P<newline>\n)
      |(?P<space>[^\S\n]+)
      |(?P<long>\"{3}.*?\"{3,})
      |(?P<string>"(?:\\.|[^"\\\n])*")
      |(?P<reference>\$\{\??[^}\n"$]+\})
      |(?P<sign>\+=|[{}\[\],:=])
      |(?P<word>(?:(?!//)[^\s$"{}\[\]:=,+\#`^?!@*&\\])+)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "/": "/", '"': '"', "\\": "\\"}


class Text(NamedTuple):
    """A text of a value; `bare` if it stands without quotes."""

    text: str
    bare: bool


class Reference(NamedTuple):
    """A path of keys to another value; `optional` if that may be missing."""

    path: tuple[str, ...]
    optional: bool


class Array(NamedTuple):
    """The values of an array."""

    members: "tuple[Value, ...]"


Value = tuple[Any, ...]
"""What stands side by side and is one value: Text, Reference, Array and Object."""
Object = dict[str, list[Value]]
"""Keys with all that is assigned to them, in order; what a plain value hides is left out."""


def parse_hocon(text: str) -> Object:
    """The root object of a text. Raises InputError."""
    cursor = Cursor(split(_TOKEN, text.removeprefix("\ufeff").replace("\r\n", "\n"), frozenset({"comment"})))
    _blank(cursor)
    braced = cursor.accept("{")
    root = _object(cursor, "}" if braced else "")
    _blank(cursor)
    if cursor.token.kind != "end":
        cursor.refuse("the end is missing")
    return root


def _blank(cursor: Cursor, *kinds: str) -> bool:
    """Goes past blanks, of which a newline is one unless kinds are named; whether a newline was there."""
    newline = False
    while cursor.token.kind in (kinds or ("space", "newline")):
        newline |= cursor.take().kind == "newline"
    return newline


def _object(cursor: Cursor, closing: str) -> Object:
    cursor.enter()
    found: Object = {}
    _blank(cursor)
    while not _closed(cursor, closing):
        _field(cursor, found)
        _separator(cursor, closing)
    cursor.leave()
    return found


def _closed(cursor: Cursor, closing: str) -> bool:
    return cursor.accept(closing) if closing else cursor.token.kind == "end"


def _separator(cursor: Cursor, closing: str) -> None:
    """Between two members a comma or a newline has to stand; a last comma may."""
    newline = _blank(cursor)
    comma = cursor.accept(",")
    _blank(cursor)
    last = (cursor.token.text == closing) if closing else cursor.token.kind == "end"
    if not (newline or comma or last):
        cursor.refuse("a comma or a new line is missing")


def _field(cursor: Cursor, target: Object) -> None:
    path = _key(cursor)
    for _ in path[1:]:
        cursor.enter()
    _blank(cursor)
    if cursor.accept("+="):
        _blank(cursor)
        earlier = Reference((), optional=True)
        value: Value = (earlier, Array((_value(cursor),)))
    else:
        if cursor.token.text != "{" and not cursor.accept("=", ":"):
            cursor.refuse("'=' is missing")
        _blank(cursor)
        value = _value(cursor)
    for key in reversed(path[1:]):
        value = ({key: [value]},)
        cursor.leave()
    assign(target, path[0], value)


def _key(cursor: Cursor) -> tuple[str, ...]:
    """The keys of a path: dots of bare words separate them."""
    if cursor.token.text == "include":
        cursor.refuse("another file, which is not read, is to be included")
    pieces: list[list[str]] = [[]]
    while cursor.token.kind in {"word", "string", "space"}:
        token = cursor.take()
        if token.kind == "string":
            pieces[-1].append(_unquoted(token))
        else:
            first, *others = token.text.split(".")
            pieces[-1].append(first)
            pieces += ([other] for other in others)
    parts = ["".join(piece) for piece in pieces]
    parts[-1] = parts[-1].rstrip()
    if not all(parts):
        cursor.refuse("a key is missing")
    return tuple(parts)


def assign(target: Object, key: str, value: Value) -> None:
    """Puts a value under a key: objects merge, and what needs no other value hides the earlier ones."""
    earlier = target.setdefault(key, [])
    whole = value[0] if len(value) == 1 else None
    if isinstance(whole, dict) and earlier:
        known = earlier[-1][0] if len(earlier[-1]) == 1 else None
        if isinstance(known, dict):
            for name, values in whole.items():
                for one in values:
                    assign(known, name, one)
            return
    refers = any(isinstance(part, Reference) for part in value)
    hides = not refers and not (isinstance(whole, dict) and any(_may_be_object(one) for one in earlier))
    if hides:
        target[key] = [value]
    else:
        earlier.append(value)


def _may_be_object(value: Value) -> bool:
    return any(isinstance(part, dict | Reference) for part in value)


def _value(cursor: Cursor) -> Value:
    parts: list[Any] = []
    while True:
        token = cursor.token
        if token.kind in {"space", "word"}:
            parts.append(Text(cursor.take().text, bare=True))
        elif token.kind in {"string", "long"}:
            parts.append(Text(_unquoted(cursor.take()), bare=False))
        elif token.kind == "reference":
            parts.append(_reference(cursor.take()))
        elif cursor.accept("{"):
            parts.append(_object(cursor, "}"))
        elif cursor.accept("["):
            parts.append(_array(cursor))
        else:
            break
    while parts and isinstance(parts[-1], Text) and parts[-1].bare and not parts[-1].text.strip():
        parts.pop()
    if not parts:
        cursor.refuse("a value is missing")
    return tuple(parts)


def _array(cursor: Cursor) -> Array:
    cursor.enter()
    members: list[Value] = []
    _blank(cursor)
    while not cursor.accept("]"):
        members.append(_value(cursor))
        _separator(cursor, "]")
    cursor.leave()
    return Array(tuple(members))


def _reference(token: Token) -> Reference:
    inner = token.text[2:-1]
    return Reference(tuple(key.strip() for key in inner.removeprefix("?").split(".")), inner.startswith("?"))


def _unquoted(token: Token) -> str:
    """The text of a quoted one; three quotes keep backslashes and newlines."""
    return token.text[3:-3] if token.kind == "long" else unescaped(token, _ESCAPES)
