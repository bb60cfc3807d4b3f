"""Varnish's VCL as Conftest shows it: backends, access lists, and subroutines that only set values."""

import re
from typing import Any, Final

from muniment.app.conftest.tokens import Cursor, split

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+|\#[^\n]*|//[^\n]*|/\*.*?\*/)
      |(?P<string>"[^"\n]*"|\{".*?"\})
      |(?P<number>[0-9]+(?:\.[0-9]+)?(?:ms|[smhdwy])?(?![\w.]))
      |(?P<sign>\{(?!")|[}=;!/])
      |(?P<word>\.?[A-Za-z_][\w.-]*)""",
    re.VERBOSE | re.DOTALL,
)
_DIGITS: Final = 18


def read_vcl(text: str) -> dict[str, Any]:
    """Declarations by kind and name. Raises InputError for what is not declared by values alone."""
    cursor = Cursor(split(_TOKEN, text.removeprefix("\ufeff"), frozenset({"space"})))
    found: dict[str, Any] = {}
    while cursor.token.kind != "end":
        _declaration(cursor, found)
    return found


def _declaration(cursor: Cursor, found: dict[str, Any]) -> None:
    kind = cursor.token.text
    if kind in {"vcl", "import"}:
        cursor.take()
        cursor.take()
        cursor.expect(";")
        return
    if kind not in _BODIES:
        cursor.refuse("only backend, acl and sub are read, none of which stands")
    cursor.take()
    if cursor.token.kind != "word":
        cursor.refuse("a name is missing")
    name = cursor.take().text
    cursor.expect("{")
    read = _BODIES[kind]
    members = read(cursor)
    if name in found.setdefault(kind, {}):
        cursor.refuse(f"{kind} {name} is declared twice,")
    found[kind][name] = members


def _backend(cursor: Cursor) -> Any:
    return _attributes(cursor, "") or []


def _attributes(cursor: Cursor, verb: str) -> dict[str, Any]:
    """Assignments up to the closing brace; with a verb, each begins with it."""
    cursor.enter()
    found: dict[str, Any] = {}
    while not cursor.accept("}"):
        if verb:
            if cursor.token.text != verb:
                cursor.refuse(
                    "only assignments of a subroutine are read (keep backends in a file of their own), none stands"
                )
            cursor.take()
        if cursor.token.kind != "word":
            cursor.refuse("a name is missing")
        name = cursor.take().text
        cursor.expect("=")
        is_body = cursor.accept("{")
        key = name if is_body else name.removeprefix(".")
        if key in found and not verb:
            cursor.refuse(f"{name} is given twice,")
        found[key] = _attributes(cursor, "") if is_body else _literal(cursor)
        if is_body:
            cursor.accept(";")
        else:
            cursor.expect(";")
    cursor.leave()
    return found


def _literal(cursor: Cursor) -> Any:
    """A text, a truth value, a name, or a number without its unit and what follows its point."""
    token = cursor.take()
    if token.kind == "string":
        return token.text[2:-2] if token.text.startswith("{") else token.text[1:-1]
    if token.kind == "number":
        digits = re.match(r"[0-9]+", token.text)
        if digits and len(digits[0]) <= _DIGITS:
            return int(digits[0])
        cursor.refuse("a number of too many digits stands")
    if token.kind != "word":
        cursor.refuse("a value is missing")
    return token.text == "true" if token.text in {"true", "false"} else token.text


def _entries(cursor: Cursor) -> list[str]:
    """The addresses of an access list; one with a mask keeps its quotes, a denied one has `!` before it."""
    found: list[str] = []
    while not cursor.accept("}"):
        denied = cursor.accept("!")
        if cursor.token.kind != "string":
            cursor.refuse("an address is missing")
        address = cursor.take().text
        mask = ""
        if cursor.accept("/"):
            if cursor.token.kind != "number":
                cursor.refuse("a mask is missing")
            mask = "/" + cursor.take().text
        cursor.expect(";")
        found.append(f"{'!' if denied else ''}{address}{mask}" if denied or mask else address[1:-1])
    return found


def _subroutine(cursor: Cursor) -> Any:
    return _attributes(cursor, "set") or []


_BODIES: Final = {"acl": _entries, "backend": _backend, "sub": _subroutine}
