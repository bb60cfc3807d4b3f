"""The text of literals: escapes of quoted strings, template escapes, and the indentation of heredocs."""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from muniment.languages.hcl.values import nfc

_ESCAPE = r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\(.?)|\$\$\{|%%\{"
_JSON_PIECE = r"(?s)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|\\u([0-9a-fA-F]{4})|\\(.)|[^\\]+"
_JSON_SIMPLE: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_SIMPLE: Final = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


class Unescaped(NamedTuple):
    """The text that a literal stands for and the offsets, within the literal, of escapes that do not exist."""

    text: str
    invalid: tuple[int, ...]


def unescape(literal: str) -> Unescaped:
    """The text of a quoted literal; an unknown escape stands for the character behind its backslash."""
    if "\\" not in literal:
        return Unescaped(nfc(template_unescape(literal)), ())
    invalid: list[int] = []

    def replace(match: re.Match[str]) -> str:
        if match[0][0] != "\\":
            return match[0][1:]
        digits = match[1] or match[2]
        if digits:
            return _character(int(digits, 16))
        if match[3] not in _SIMPLE:
            invalid.append(match.start())
        return _SIMPLE.get(match[3], match[3])

    return Unescaped(nfc(re.sub(_ESCAPE, replace, literal)), tuple(invalid))


def _character(code: int) -> str:
    return chr(code) if code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"


def template_unescape(literal: str) -> str:
    """The text of a literal part outside of quotes, where only the marks of templates are escaped."""
    return literal.replace("$${", "${").replace("%%{", "%{") if "{" in literal else literal


def indentation(line: str) -> int | None:
    """The number of blanks in front of a heredoc's line; None for a blank line, which does not count."""
    stripped = line.lstrip()
    return None if not stripped and line.endswith("\n") else len(line) - len(stripped)


def flush(body: str) -> str:
    """A heredoc's body without the indentation that all its lines share."""
    lines = body.splitlines(keepends=True) if "\r" not in body else re.findall(r"[^\n]*\n|[^\n]+", body)
    margin = min((width for width in map(indentation, lines) if width is not None), default=0)
    return "".join(line[margin:] if indentation(line) is not None else line for line in lines)


def unescape_json(literal: str) -> tuple[str, Callable[[int], int]]:
    """The text of a JSON string's content, and a function from offsets in that text to offsets in the content."""
    if "\\" not in literal:
        return literal, _same
    pieces: list[str] = []
    offsets: list[int] = []
    for match in re.finditer(_JSON_PIECE, literal):
        piece = _json_piece(match)
        pieces.append(piece)
        offsets.extend(
            range(match.start(), match.end()) if len(piece) == len(match[0]) else [match.start()] * len(piece)
        )
    offsets.append(len(literal))
    return "".join(pieces), offsets.__getitem__


def _same(offset: int) -> int:
    return offset


def _json_piece(match: re.Match[str]) -> str:
    if match[1]:
        return _character(0x10000 + ((int(match[1], 16) - 0xD800) << 10) + int(match[2], 16) - 0xDC00)
    if match[3]:
        return _character(int(match[3], 16))
    if match[4]:
        return _JSON_SIMPLE.get(match[4], match[4])
    return match[0]
