"""EDN as Conftest shows it: maps and vectors, and everything in them as the text that Go prints for it."""

import re
from datetime import datetime
from math import isfinite
from typing import Any, Final

from muniment.app.conftest.tokens import Cursor, Token, split, unescaped
from muniment.errors import InputError

_TOKEN: Final = re.compile(
    r"""(?P<space>[\s,]+|;[^\n]*)
      |(?P<string>"(?:\\.|[^"\\])*")
      |(?P<character>\\(?:newline|return|space|tab|formfeed|backspace|u[0-9a-fA-F]{4}|[^\s,])(?![\w]))
      |(?P<sign>\#_|\#\{|[()\[\]{}])
      |(?P<tag>\#[A-Za-z][\w.*+!?$%&=<>/-]*)
      |(?P<float>[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+(?:[eE][-+]?[0-9]+)?M?|[eE][-+]?[0-9]+M?|M)(?![\w./]))
      |(?P<integer>[-+]?(?:0|[1-9][0-9]*)N?(?![\w./]))
      |(?P<keyword>:[\w.*+!?$%&=<>/\#-][\w.*+!?$%&=<>/\#:-]*)
      |(?P<symbol>/|(?![-+.]?[0-9])[\w.*+!?$%&=<>-][\w.*+!?$%&=<>/\#:-]*)""",
    re.VERBOSE | re.DOTALL,
)
_CHARACTERS: Final = {"newline": "\n", "return": "\r", "space": " ", "tab": "\t", "formfeed": "\f", "backspace": "\b"}
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", '"': '"', "\\": "\\"}
_CLOSING: Final = {"(": ")", "[": "]", "{": "}", "#{": "}"}
_DIGITS: Final = 400


def read_edn(text: str) -> Any:
    """The one value of a text: dicts and lists of texts. Raises InputError."""
    cursor = Cursor(split(_TOKEN, text.removeprefix("\ufeff"), frozenset({"space"})))
    _discard(cursor)
    value = _value(cursor)
    _discard(cursor)
    if cursor.token.kind != "end":
        cursor.refuse("a second value, of which no policy would see anything, begins")
    return value


def _discard(cursor: Cursor) -> None:
    while cursor.accept("#_"):
        cursor.enter()
        _discard(cursor)
        _value(cursor)
        cursor.leave()


def _value(cursor: Cursor) -> Any:
    token = cursor.take()
    if token.kind == "end":
        cursor.refuse("a value is missing")
    if token.kind == "tag":
        return _tagged(token, cursor)
    if token.kind == "sign":
        return _collection(token, cursor)
    return _leaf(token)


def _collection(opening: Token, cursor: Cursor) -> Any:
    if opening.text not in _CLOSING:
        raise InputError(f"line {opening.line}: unexpected {opening.text!r}", code="syntax-error")
    cursor.enter()
    members: list[Any] = []
    _discard(cursor)
    while not cursor.accept(_CLOSING[opening.text]):
        members.append(_value(cursor))
        _discard(cursor)
    cursor.leave()
    if opening.text == "{":
        return _map(members, opening.line)
    if opening.text == "#{":
        return _printed(dict.fromkeys(_keys(members, opening.line), "true"))
    return members


def _map(members: list[Any], line: int) -> dict[str, Any]:
    if len(members) % 2:
        raise InputError(f"line {line}: a key has no value", code="syntax-error")
    keys = _keys(members[::2], line)
    if len(set(keys)) < len(keys):
        raise InputError(f"line {line}: a key stands twice in a map", code="duplicate-key")
    return dict(zip(keys, members[1::2], strict=True))


def _keys(members: list[Any], line: int) -> list[str]:
    """Members of a set or keys, which are plain: Go prints others by their address."""
    for member in members:
        if not isinstance(member, str):
            raise InputError(f"line {line}: a collection as a key or in a set is not read", code="not-supported")
    return members


def _printed(value: Any) -> str:
    """A value as Go prints it, maps sorted by their keys."""
    if isinstance(value, dict):
        order = sorted(value, key=_order)
        return f"map[{' '.join(f'{key}:{_printed(value[key])}' for key in order)}]"
    return f"[{' '.join(map(_printed, value))}]" if isinstance(value, list) else str(value)


def _order(text: str) -> tuple[int, str]:
    """Whole numbers by their size, before texts."""
    is_number = re.fullmatch(r"-?[0-9]{1,19}", text)
    return (int(text), "") if is_number else (2**63, text)


def _tagged(tag: Token, cursor: Cursor) -> str:
    cursor.enter()
    _discard(cursor)
    value = _value(cursor)
    cursor.leave()
    if tag.text == "#inst":
        return _instant(str(value), tag.line)
    if tag.text == "#base64":
        return _octets(str(value), tag.line)
    return f"{tag.text} {_printed(value)}"


def _instant(text: str, line: int) -> str:
    """A time as Go prints it."""
    parts = re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[-+]\d\d:\d\d)", text, re.ASCII)
    try:
        when = datetime.fromisoformat(parts[1]) if parts else None
    except ValueError:
        when = None
    if not parts or when is None:
        raise InputError(f"line {line}: #inst {text[:40]} is no time", code="syntax-error")
    fraction = (parts[2] or "").rstrip("0")
    zone = "+0000 UTC" if parts[3] in {"Z", "+00:00"} else " ".join([parts[3].replace(":", "")] * 2)
    return f"{when:%Y-%m-%d %H:%M:%S}".rjust(19, "0") + (f".{fraction}" if fraction else "") + f" {zone}"


def _octets(text: str, line: int) -> str:
    from binascii import Error, a2b_base64

    try:
        return f"[{' '.join(map(str, a2b_base64(text.encode(), strict_mode=True)))}]"
    except (Error, UnicodeError) as error:
        raise InputError(f"line {line}: #base64: {error}", code="syntax-error") from error


def _leaf(token: Token) -> str:
    if token.kind == "string":
        return unescaped(token, _ESCAPES)
    if token.kind == "integer":
        return _integer(token)
    if token.kind == "float":
        return _float(token)
    if token.kind == "character":
        name = token.text[1:]
        is_code = len(name) == 5 and name[0] == "u"
        return str(int(name[1:], 16) if is_code else ord(_CHARACTERS.get(name, name)))
    return "<nil>" if token.text == "nil" else token.text


def _integer(token: Token) -> str:
    digits = token.text.removesuffix("N")
    if len(digits) > _DIGITS:
        raise InputError(f"line {token.line}: a number of more than {_DIGITS} digits", code="limit-exceeded")
    number = int(digits)
    if digits == token.text and not -(2**63) <= number < 2**63:
        raise InputError(f"line {token.line}: {token.text} is no integer of 64 bits; write N behind it", code="range")
    return str(number)


def _float(token: Token) -> str:
    """The shortest text of a number, in Go's choice between digits and an exponent."""
    number = float(token.text.removesuffix("M"))
    if not isfinite(number):
        raise InputError(f"line {token.line}: {token.text[:40]} is too large", code="range")
    return _go_number(number)


def _go_number(number: float) -> str:
    """A finite number as Go prints it by `%v`."""
    digits = repr(number).partition("e")[0].lstrip("-").replace(".", "").strip("0")
    shown = f"{number:.{max(len(digits) - 1, 0)}e}"
    if number and not -4 <= int(shown.partition("e")[2]) < 6:
        return shown
    return repr(number).removesuffix(".0")
