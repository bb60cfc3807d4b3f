"""Texts in quotation marks as Go's `strconv.Quote` writes them."""

import re
from types import MappingProxyType
from typing import Final

_ESCAPES: Final = MappingProxyType(
    {
        "\a": "\\a",
        "\b": "\\b",
        "\f": "\\f",
        "\n": "\\n",
        "\r": "\\r",
        "\t": "\\t",
        "\v": "\\v",
        "\\": "\\\\",
        '"': '\\"',
        "'": "\\'",
    }
)
_PLAIN: Final = re.compile(r"[ !#-\[\]-~]*")


def quote(text: str, *, mark: str = '"', ascii_only: bool = False) -> str:
    """`text` between double (or `mark`) quotation marks with Go's escapes for all that does not print."""
    if mark == '"' and _PLAIN.fullmatch(text):
        return f'"{text}"'
    return f"{mark}{''.join(_escape(char, mark, ascii_only) for char in text)}{mark}"


def can_backquote(text: str) -> bool:
    """Whether `text` fits between backquotes: one line without control characters other than the tab."""
    return not re.search("[\x00-\x08\n-\x1f`\x7f\ufeff]", text)


def _escape(char: str, mark: str, ascii_only: bool) -> str:  # noqa: FBT001  passed on from the keyword of `quote`
    if char in "\"'" and char != mark:
        return char
    if char in _ESCAPES:
        return _ESCAPES[char]
    code = ord(char)
    if char.isprintable() and (code < 128 or not ascii_only):
        return char
    if code < 128:
        return f"\\x{code:02x}"
    if 0xD800 <= code < 0xE000:
        return "\\ufffd"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
