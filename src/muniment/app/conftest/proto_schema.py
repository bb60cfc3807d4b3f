"""Messages and enumerations that `.proto` files declare; their options, services and extensions are passed over."""

import re
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from muniment.app.conftest.tokens import Cursor, split
from muniment.errors import InputError

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
      |(?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
      |(?P<word>\.?[A-Za-z_][\w.]*)
      |(?P<number>[-+]?[0-9][\w.]*(?:(?<=[eE])[-+][0-9]+)?)
      |(?P<sign>[{}()\[\]<>=;,:/.-])""",
    re.VERBOSE | re.DOTALL,
)
_SIZE: Final = 4 * 1024 * 1024
_LABELS: Final = frozenset({"optional", "repeated", "required"})


class Field(NamedTuple):
    """A field of a message: its type as written, where that is looked up, and how often it may stand."""

    name: str
    type: str
    scope: str
    label: str = ""
    oneof: str = ""
    key: str = ""
    """The type of a map's keys; `type` is that of its values."""
    present: bool = False
    """Whether a field with its default value shows."""


Message = dict[str, Field]
Enumeration = dict[str, int]


class Schema:
    """Declared types by their full names."""

    __slots__ = ("enumerations", "messages")

    def __init__(self) -> None:
        self.messages: dict[str, Message] = {}
        self.enumerations: dict[str, Enumeration] = {}

    def resolved(self, name: str, scope: str) -> str:
        """The full name of a type that is named within a scope, empty if nothing has it."""
        if name.startswith("."):
            return name[1:] if self._has(name[1:]) else ""
        parts = scope.split(".") if scope else []
        for length in range(len(parts), -1, -1):
            full = ".".join((*parts[:length], name))
            if self._has(full):
                return full
        return ""

    def _has(self, name: str) -> bool:
        return name in self.messages or name in self.enumerations


def load_schema(folders: tuple[str, ...]) -> Schema:
    """What the `.proto` files below folders declare. Raises InputError."""
    schema = Schema()
    for folder in folders:
        if not Path(folder).is_dir():
            raise InputError(f"{folder}: no such folder of .proto files", code="absent")
        for file in sorted(Path(folder).rglob("*.proto")):
            _load(file, schema)
    return schema


def _load(file: Path, schema: Schema) -> None:
    try:
        text = file.read_text("utf-8") if file.stat().st_size <= _SIZE else ""
    except (OSError, UnicodeError) as error:
        raise InputError(f"{file}: cannot be read: {error}", code="absent") from error
    if not text:
        raise InputError(f"{file}: empty, or larger than {_SIZE} bytes", code="limit-exceeded")
    try:
        declare(text, schema)
    except InputError as error:
        raise InputError(f"{file}: {error}", code=error.code) from error


def declare(text: str, schema: Schema) -> None:
    """Adds what a `.proto` text declares. Raises InputError."""
    cursor = Cursor(split(_TOKEN, text.removeprefix("\ufeff"), frozenset({"space"})))
    package, implicit = "", False
    while cursor.token.kind != "end":
        if cursor.accept(";"):
            continue
        word = cursor.take().text
        if word == "syntax":
            cursor.expect("=")
            implicit = cursor.take().text[1:-1] == "proto3"
            cursor.expect(";")
        elif word == "package":
            package = cursor.take().text
            cursor.expect(";")
        elif word in {"message", "enum"}:
            _type(cursor, schema, word, _Place(package, implicit))
        else:
            _pass_over(cursor)


class _Place(NamedTuple):
    """The name of what encloses a declaration, and whether its file is of proto3."""

    scope: str
    implicit: bool


def _type(cursor: Cursor, schema: Schema, kind: str, place: _Place) -> None:
    name = _name(cursor)
    full = f"{place.scope}.{name}" if place.scope else name
    if full in schema.messages or full in schema.enumerations:
        cursor.refuse(f"{full} is declared twice,")
    cursor.expect("{")
    cursor.enter()
    if kind == "enum":
        schema.enumerations[full] = _enumeration(cursor)
    else:
        schema.messages[full] = {}
        _members(cursor, schema, "", _Place(full, place.implicit))
    cursor.leave()


def _name(cursor: Cursor) -> str:
    if cursor.token.kind != "word":
        cursor.refuse("a name is missing")
    return cursor.take().text


def _members(cursor: Cursor, schema: Schema, oneof: str, place: _Place) -> None:
    """The fields of a message or of one of its choices, and the types in it, up to the closing brace."""
    while not cursor.accept("}"):
        word = cursor.token.text
        if cursor.accept(";"):
            continue
        if cursor.token.kind != "word":
            cursor.refuse("a field is missing")
        cursor.take()
        if word == "oneof" and cursor.token.kind == "word":
            choice = _name(cursor)
            cursor.expect("{")
            cursor.enter()
            _members(cursor, schema, choice, place)
            cursor.leave()
        elif word in {"message", "enum"} and cursor.token.kind == "word":
            _type(cursor, schema, word, place)
        elif word in {"option", "reserved", "extensions", "extend"}:
            _pass_over(cursor)
        else:
            found = _field(cursor, word, oneof, place)
            schema.messages[place.scope][found.name] = found


def _field(cursor: Cursor, word: str, oneof: str, place: _Place) -> Field:
    label, key, kind = "", "", word
    if word in _LABELS and cursor.token.kind == "word":
        label, kind = word, _name(cursor)
    if kind == "group":
        cursor.refuse("a group is not read, and one stands")
    if kind == "map" and cursor.accept("<"):
        key = _name(cursor)
        cursor.expect(",")
        kind = _name(cursor)
        cursor.expect(">")
    name = _name(cursor)
    cursor.expect("=")
    _pass_over(cursor)
    present = bool(oneof) or label == "optional" or not place.implicit
    return Field(name, kind, place.scope, label, oneof, key, present)


def _pass_over(cursor: Cursor) -> None:
    """Goes past a statement: to its semicolon, or past its braces."""
    depth = 0
    while cursor.token.kind != "end":
        if cursor.accept("{", "["):
            depth += 1
        elif cursor.accept("}", "]"):
            depth -= 1
            if depth < 0:
                cursor.refuse("';' is missing")
            if depth <= 0 and cursor.token.text not in {";", "]"}:
                return
        elif cursor.accept(";"):
            if depth <= 0:
                return
        else:
            cursor.take()
    cursor.refuse("a statement has no end")


def _enumeration(cursor: Cursor) -> Enumeration:
    found: Enumeration = {}
    while not cursor.accept("}"):
        if cursor.accept(";"):
            continue
        name = _name(cursor)
        if name in {"option", "reserved"} and cursor.token.text != "=":
            _pass_over(cursor)
            continue
        cursor.expect("=")
        negative = cursor.accept("-")
        digits = cursor.take().text
        try:
            number = int(digits, 0)
        except ValueError:
            cursor.refuse(f"{digits[:20]!r} is no number and stands")
        found[name] = -number if negative else number
        _pass_over(cursor)
    return found


SCALARS: Final = MappingProxyType(
    {
        **dict.fromkeys(("int32", "sint32", "sfixed32"), (-(2**31), 2**31)),
        **dict.fromkeys(("uint32", "fixed32"), (0, 2**32)),
        **dict.fromkeys(("int64", "sint64", "sfixed64"), (-(2**63), 2**63)),
        **dict.fromkeys(("uint64", "fixed64"), (0, 2**64)),
    }
)
"""The least value of each type of whole numbers, and the first beyond the greatest."""
