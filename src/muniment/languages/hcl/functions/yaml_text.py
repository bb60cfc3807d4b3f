"""YAML as Terraform writes it: quoted strings and keys, literal blocks for lines, lists not indented below keys."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from muniment.languages.hcl.functions.json_text import encoded, is_mark, json_number, punch
from muniment.languages.hcl.types import STRING
from muniment.languages.hcl.values import Marked, unknown
from muniment.languages.unknown import OpenList, OpenMap, PartialString, Unknown

_ESCAPES: Final = {
    "\0": "\\0",
    "\a": "\\a",
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\v": "\\v",
    "\f": "\\f",
    "\r": "\\r",
    "\x1b": "\\e",
    '"': '\\"',
    "\\": "\\\\",
    "\x85": "\\N",
    "\u2028": "\\L",
    "\u2029": "\\P",
}
_BREAKS = frozenset('"\\\u2028\u2029')  # and what a quoted string escapes besides
_WIDTH = 80
_LONGEST_KEY = 128  # bytes of a key that may stand before its colon


def yaml_encode(value: Any) -> str | Unknown:
    """The value as YAML; with unknown parts a text that keeps the value beside it, wholly unknown an `Unknown`."""
    if isinstance(value, Unknown) and not isinstance(value, PartialString):
        return unknown((value,), STRING)
    holes: list[Unknown] = []
    text = _node(value, 0, 0, holes)
    if not isinstance(value, str | tuple | list | dict | PartialString):
        text += "...\n"
    return encoded(text, holes, value, "yaml")


def _node(value: Any, indent: int, column: int, holes: list[Unknown]) -> str:
    """A node from where it begins in its first line to the end of its last; collections begin at `indent`."""
    if isinstance(value, Marked):
        value = value.value
    if isinstance(value, dict) and value and not isinstance(value, OpenMap):
        pairs = (_pair(key, value[key], indent, holes) for key in sorted(value))
        return _block(pairs, indent)
    if isinstance(value, tuple | list) and value and not isinstance(value, OpenList):
        items = ("- " + _node(member, indent + 2 * _is_block(member), indent + 2, holes) for member in value)
        return _block(items, indent)
    return _scalar(value, indent, column, holes) + "\n"


def _block(entries: Iterable[str], indent: int) -> str:
    return (" " * indent).join(entries)


def _is_block(value: Any) -> bool:
    """Whether a value is written below its key or after its dash as a block of entries."""
    if isinstance(value, Marked):
        value = value.value
    return isinstance(value, dict | tuple | list) and bool(value) and not isinstance(value, OpenList | OpenMap)


def _pair(key: str, value: Any, indent: int, holes: list[Unknown]) -> str:
    name = _text(key, indent, indent)
    explicit = "\n" in name or len(key.encode()) > _LONGEST_KEY
    head = f"? {name}\n{' ' * indent}:" if explicit else f"{name}:"
    if not _is_block(value):
        column = indent + len(head) + 1
        return f"{head} {_node(value, indent, column, holes)}"
    bare = value.value if isinstance(value, Marked) else value
    below = indent + 2 if isinstance(bare, dict) or explicit else indent
    return f"{head}{' ' if explicit else chr(10) + ' ' * below}{_node(value, below, below, holes)}"


def _scalar(value: Any, indent: int, column: int, holes: list[Unknown]) -> str:
    if value is None:
        return "null"
    if isinstance(value, str):
        return _text(value, indent, column)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return json_number(value)
    if isinstance(value, PartialString):
        parts = (part if isinstance(part, str) else punch(part, holes) for part in value.parts)
        return _quoted("".join(parts), indent, column)
    if isinstance(value, Unknown):
        return punch(value, holes)
    if isinstance(value, OpenList | OpenMap):
        return punch(unknown((value,)), holes)
    return "{}" if isinstance(value, dict) else "[]"


def _text(text: str, indent: int, column: int) -> str:
    if "\n" not in text or not all(map(_is_plain, text)) or text[-1] == " " or " \n" in text:
        return _quoted(text, indent, column)
    return _literal(text, indent + 2)


def _literal(text: str, indent: int) -> str:
    """A block of lines: its header says the indentation where the text begins blank, and what becomes of its end."""
    body = text.rstrip("\n")
    ending = len(text) - len(body)
    chomping = "-" if not ending else "+" if ending > 1 or not body else ""
    margin = " " * indent
    lines = [margin + line if line else "" for line in text.removesuffix("\n").split("\n")]
    hint = "2" if text[0] in " \n" else ""
    return f"|{hint}{chomping}\n" + "\n".join(lines)


def _quoted(text: str, indent: int, column: int) -> str:
    """A double-quoted string, folded at the first single space beyond the 80th column."""
    pieces, at = ['"'], column + 1
    for place, character in enumerate(text):
        if character == " " and at > _WIDTH and 0 < place < len(text) - 1 and text[place - 1] != " ":
            pieces.append("\n" + " " * (indent + 2) + ("\\" if text[place + 1] == " " else ""))
            at = indent + 2
            continue
        piece = character if _is_printable(character) and character not in _BREAKS else _escape(character)
        pieces.append(piece)
        at += len(piece)
    return "".join((*pieces, '"'))


def _is_plain(character: str) -> bool:
    """Whether a character may stand in a literal block."""
    return character in "\n\x85" or _is_printable(character)


def _is_printable(character: str) -> bool:
    """What YAML's emitter of Terraform shows as it is: the basic plane without controls, and marks of holes."""
    return (
        " " <= character <= "~"
        or "\xa0" <= character <= "\ud7ff"
        or "\ue000" <= character <= "\ufefe"
        or "\uff00" <= character <= "\ufffd"
        or is_mark(character)
    )


def _escape(character: str) -> str:
    code = ord(character)
    short = _ESCAPES.get(character)
    return short or (f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}")
