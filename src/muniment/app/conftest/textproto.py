"""Protocol Buffers in their text form as Conftest shows them: the JSON of the message, fields under their own names."""

import re
from typing import Any, Final

from muniment.app.conftest.proto_schema import SCALARS, Field, Message, Schema
from muniment.app.conftest.tokens import Cursor, Token, split
from muniment.errors import InputError

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+|\#[^\n]*)
      |(?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
      |(?P<number>(?:0[xX][0-9a-fA-F]+|[0-9]+\.?[0-9]*(?:[eE][-+]?[0-9]+)?[fF]?|\.[0-9]+(?:[eE][-+]?[0-9]+)?[fF]?)(?![\w.]))
      |(?P<word>[A-Za-z_]\w*)
      |(?P<sign>[{}<>\[\]:;,.\-/])""",
    re.VERBOSE | re.DOTALL,
)
_TYPE: Final = re.compile(r"^[ \t]*#[ \t]*proto-message:[ \t]*([\w.]+)[ \t]*$", re.MULTILINE)
_ESCAPE: Final = re.compile(
    rb"""\\(?:([0-7]{1,3})|[xX]([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))""", re.DOTALL
)
_ESCAPES: Final = dict(zip(b"abfnrtv\\'\"?", b"\a\b\f\n\r\t\v\\'\"?", strict=True))
_TRUE: Final = frozenset({"true", "True", "t", "1"})
_FALSE: Final = frozenset({"false", "False", "f", "0"})
_CLOSING: Final = {"{": "}", "<": ">"}
_DIGITS: Final = 400


def read_textproto(text: str, schema: Schema) -> dict[str, Any]:
    """The message of a text, whose type a comment names and a schema declares. Raises InputError."""
    named = _TYPE.search(text)
    if not named:
        raise InputError("no comment `# proto-message: NAME` tells the type of the message", code="no-type")
    return message_value(text, named[1], schema)


def message_value(text: str, name: str, schema: Schema) -> dict[str, Any]:
    """The message of a text by the type of that name. Raises InputError."""
    cursor = Cursor(split(_TOKEN, text.removeprefix("\ufeff"), frozenset({"space"})))
    return _Reader(schema, cursor).message(_message(schema, name), "")


def _message(schema: Schema, name: str) -> Message:
    if name.startswith("google.protobuf."):
        raise InputError(f"{name} has a JSON form of its own, which is not known here", code="not-supported")
    if name not in schema.messages:
        raise InputError(
            f'look up message type "{name}": not found; name its folder by --proto-file-dirs', code="no-type"
        )
    return schema.messages[name]


class _Reader:
    """Reads messages of a schema at a cursor."""

    __slots__ = ("_cursor", "_schema")

    def __init__(self, schema: Schema, cursor: Cursor) -> None:
        self._schema = schema
        self._cursor = cursor

    def message(self, fields: Message, closing: str) -> dict[str, Any]:
        """The fields up to a closing sign, or the end."""
        cursor = self._cursor
        cursor.enter()
        found: dict[str, Any] = {}
        chosen: set[str] = set()
        while not (cursor.accept(closing) if closing else cursor.token.kind == "end"):
            token = cursor.take()
            field = fields.get(token.text) if token.kind == "word" else None
            if field is None:
                raise InputError(f"line {token.line}: unknown field: {token.text[:40]}", code="unknown-field")
            if field.oneof in chosen or (field.name in found and field.label != "repeated" and not field.key):
                raise InputError(f"line {token.line}: {field.name} is set already", code="duplicate-key")
            chosen |= {field.oneof} - {""}
            self._add(found, field)
            cursor.accept(",") or cursor.accept(";")
        cursor.leave()
        return _shown(found, fields)

    def _add(self, found: dict[str, Any], field: Field) -> None:
        """Puts the value or values behind a field's name into a message."""
        colon = self._cursor.accept(":")
        if not (field.key or field.label == "repeated"):
            found[field.name] = self._value(field, colon=colon)
            return
        if self._cursor.accept("["):
            values = []
            while not self._cursor.accept("]"):
                values.append(self._value(field, colon=True))
                if not self._cursor.accept(",") and self._cursor.token.text != "]":
                    self._cursor.refuse("',' is missing")
        else:
            values = [self._value(field, colon=colon)]
        if field.key:
            found.setdefault(field.name, {}).update(values)
        else:
            found.setdefault(field.name, []).extend(values)

    def _value(self, field: Field, *, colon: bool) -> Any:
        if field.key:
            return self._entry(field)
        full = self._schema.resolved(field.type, field.scope)
        if self._cursor.token.text in _CLOSING and self._cursor.token.kind == "sign":
            closing = _CLOSING[self._cursor.take().text]
            return self.message(_message(self._schema, full or field.type), closing)
        if not colon:
            self._cursor.refuse("':' is missing")
        return self._scalar(field.type, full)

    def _entry(self, field: Field) -> tuple[str, Any]:
        """Key and value of one entry of a map; either may be left out."""
        if self._cursor.token.text not in _CLOSING:
            self._cursor.refuse("an entry of a map is missing")
        closing = _CLOSING[self._cursor.take().text]
        part = Field("value", field.type, field.scope, present=True)
        parts = self.message({"key": Field("key", field.key, "", present=True), "value": part}, closing)
        key = parts["key"] if "key" in parts else _default(field.key)
        if isinstance(key, bool):
            key = "true" if key else "false"
        return str(key), parts["value"] if "value" in parts else self._absent(field)

    def _absent(self, field: Field) -> Any:
        full = self._schema.resolved(field.type, field.scope)
        if full in self._schema.enumerations:
            return next((name for name, number in self._schema.enumerations[full].items() if number == 0), 0)
        return {} if full else _default(field.type)

    def _scalar(self, kind: str, full: str) -> Any:
        token = self._cursor.token
        if kind in {"string", "bytes"}:
            return self._text(kind)
        negative = self._cursor.accept("-")
        plain = self._cursor.take()
        found: Any = None
        if kind in SCALARS:
            found = _integer(plain, kind, negative=negative)
        elif kind in {"double", "float"}:
            found = _float(plain, kind, negative=negative)
        elif kind == "bool" and not negative and plain.text in _TRUE | _FALSE:
            found = plain.text in _TRUE
        elif full in self._schema.enumerations:
            found = _member(plain, self._schema.enumerations[full], negative=negative)
        if found is None:
            known = full or kind
            raise InputError(f"line {token.line}: invalid value for {known}: {plain.text[:40]!r}", code="type")
        return found

    def _text(self, kind: str) -> str:
        """Texts side by side are one."""
        from binascii import b2a_base64

        line, octets = self._cursor.token.line, b""
        if self._cursor.token.kind != "string":
            self._cursor.refuse(f"a text for {kind} is missing")
        while self._cursor.token.kind == "string":
            octets += _octets(self._cursor.take())
        if kind == "bytes":
            return b2a_base64(octets, newline=False).decode()
        try:
            return octets.decode()
        except UnicodeDecodeError as error:
            raise InputError(f"line {line}: a text is not UTF-8", code="encoding") from error


def _octets(token: Token) -> bytes:
    def replaced(found: re.Match[bytes]) -> bytes:
        octal, short, four, eight, sign = found.groups()
        if octal or short:
            return bytes([(int(octal, 8) if octal else int(short, 16)) & 255])
        if sign is not None:
            if sign[0] not in _ESCAPES:
                raise InputError(f"line {token.line}: no such escape", code="syntax-error")
            return bytes([_ESCAPES[sign[0]]])
        point = int(four or eight, 16)
        if point > 0x10FFFF or 0xD800 <= point < 0xE000:
            raise InputError(f"line {token.line}: no such character", code="syntax-error")
        return chr(point).encode()

    return _ESCAPE.sub(replaced, token.text[1:-1].encode("utf-8", "replace"))


def _shown(found: dict[str, Any], fields: Message) -> dict[str, Any]:
    """What shows of a message: nothing that is its default, unless the field tells that it is there."""
    missing = [field.name for field in fields.values() if field.label == "required" and field.name not in found]
    if missing:
        raise InputError(f"required fields are missing: {', '.join(missing)}", code="required")
    return {
        name: value for name, value in found.items() if fields[name].present or not _is_default(value, fields[name])
    }


def _is_default(value: Any, field: Field) -> bool:
    if isinstance(value, dict):
        return bool(field.key) and not value
    return value in ([], _default(field.type)) and not (isinstance(value, float) and str(value) == "-0.0")


def _default(kind: str) -> Any:
    if kind in {"string", "bytes"}:
        return ""
    if kind == "bool":
        return False
    return "0" if kind.endswith("64") else 0


def _whole(token: Token) -> int | None:
    """A whole number, decimal, octal by a leading zero, or hexadecimal."""
    text = token.text
    if token.kind != "number" or len(text) > _DIGITS:
        return None
    if re.fullmatch(r"0[xX][0-9a-fA-F]+", text):
        return int(text, 16)
    if re.fullmatch(r"0[0-7]+", text):
        return int(text, 8)
    return int(text) if re.fullmatch(r"0|[1-9][0-9]*", text) else None


def _integer(token: Token, kind: str, *, negative: bool) -> int | str | None:
    """A number, as a text if it has 64 bits, for JSON's readers lose such digits."""
    number = _whole(token)
    if number is None:
        return None
    number = -number if negative else number
    least, beyond = SCALARS[kind]
    if not least <= number < beyond:
        return None
    return str(number) if kind.endswith("64") else number


def _float(token: Token, kind: str, *, negative: bool) -> float | int | str | None:
    text = token.text.lower()
    if token.kind == "word":
        if text == "nan":
            return "NaN"
        number = float("inf") if text in {"inf", "infinity"} else None
    elif token.kind == "number":
        whole = _whole(token)
        try:
            number = float(whole if whole is not None else text.removesuffix("f"))
        except (ValueError, OverflowError):
            return None
    else:
        return None
    if number is None:
        return None
    number = _single(number) if kind == "float" else number
    number = -number if negative else number
    if number in {float("inf"), float("-inf")}:
        return "Infinity" if number > 0 else "-Infinity"
    return number


def _single(number: float) -> float:
    """A number rounded to 32 bits, with the fewest digits that tell it from its neighbours."""
    from struct import pack, unpack

    try:
        packed = pack("<f", number)
    except OverflowError:
        return float("inf")
    rounded: float = unpack("<f", packed)[0]
    return next((one for size in range(6, 10) if pack("<f", one := float(f"{rounded:.{size}g}")) == packed), rounded)


def _member(token: Token, members: dict[str, int], *, negative: bool) -> str | int | None:
    """The name of a member of an enumeration, or a number that has no name."""
    if token.kind == "word":
        return token.text if token.text in members and not negative else None
    number = _whole(token)
    if number is None or number >= 2**31:
        return None
    number = -number if negative else number
    return next((name for name, known in members.items() if known == number), number)
