"""YAML as Go's yaml.v3 writes it with an indent of two: blocks, keys in natural order, quotes only where needed."""

import re
from typing import Any, Final

from muniment.languages.rego.values import number_text

_SPECIAL: Final = re.compile("[\0-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff\ufffe\uffff]")
_NOT_PLAIN: Final = re.compile(
    r"^[-?:](?:\s|$)|^[#,\[\]{}&*!|>'\"%@`]|^---|^\.\.\.|:(?:\s|$)|\s#|^\s|\s$", re.MULTILINE
)
_WORDS: Final = frozenset(["~", "null", "true", "false", "yes", "no", "on", "off", "y", "n"])
_NUMERIC: Final = re.compile(
    r"[-+]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?"
    r"|\.[0-9]+(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF)|[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9_]*)?)"
    r"|\.(?:nan|NaN|NAN)|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?"
)
_ESCAPES: Final = {"\0": "\\0", "\a": "\\a", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\v": "\\v", "\f": "\\f"} | {
    "\r": "\\r",
    "\x1b": "\\e",
    '"': '\\"',
    "\\": "\\\\",
    "\x85": "\\N",
    "\u2028": "\\L",
    "\u2029": "\\P",
}


def to_yaml(value: Any) -> str:
    """A JSON value as a document."""
    return _node(value, 0).removeprefix("\n").lstrip(" ") + "\n"


def _node(value: Any, indent: int) -> str:
    """A node as it follows a key's colon: a scalar behind a space, a collection in lines of its own."""
    pad = "\n" + " " * indent
    if isinstance(value, dict) and value:
        return "".join(f"{pad}{_scalar(key, 0)}:{_node(value[key], indent + 2)}" for key in sorted(value, key=_natural))
    if isinstance(value, list) and value:
        return "".join(f"{pad}- {_node(member, indent + 2).lstrip()}" for member in value)
    return " " + _scalar(value, indent)


def _natural(key: str) -> list[tuple[bool, int, str]]:
    """An order in which `a2` stands before `a10`."""
    parts = re.findall(r"[0-9]{1,18}|[^0-9]", key)
    return [(not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts]


def _scalar(value: Any, indent: int) -> str:
    if isinstance(value, str):
        return _string(value, indent)
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    return number_text(value) if isinstance(value, int | float) else ("[]" if isinstance(value, list) else "{}")


def _string(text: str, indent: int) -> str:
    if not text or text.lower() in _WORDS or _NUMERIC.fullmatch(text):
        return f'"{text}"'
    if _SPECIAL.search(text):
        return f'"{"".join(map(_escape, text))}"'
    if "\n" in text:
        return _literal(text, indent)
    if _NOT_PLAIN.search(text):
        return "'" + text.replace("'", "''") + "'"
    return text


def _literal(text: str, indent: int) -> str:
    """Lines of text as a block, told whether they end in a line break, in more than one or in none."""
    if not text.strip("\n") or text.startswith((" ", "\n")):
        return f'"{"".join(map(_escape, text))}"'
    mark = "+" if text.endswith("\n\n") else "" if text.endswith("\n") else "-"
    lines = text.removesuffix("\n").split("\n")
    pad = " " * max(indent, 2)
    return f"|{mark}\n" + "\n".join(pad + line if line else "" for line in lines)


def _escape(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    code = ord(char)
    if not _SPECIAL.match(char):
        return char
    return f"\\x{code:02X}" if code < 256 else f"\\u{code:04X}"
