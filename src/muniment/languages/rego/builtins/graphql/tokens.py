"""The tokens of GraphQL (October 2021, section 2.1)."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

NAME, INT, FLOAT, STRING, BLOCK = "Name", "Int", "Float", "String", "BlockString"
END, INVALID = "<EOF>", "<Invalid>"
_TOKEN: Final = re.compile(
    r"(?P<skip>[ \t\r\n,\ufeff]+|\#[^\r\n]*)"
    r"|(?P<mark>\.\.\.|[!$&()\[\]{}:=@|])"
    r"|(?P<Name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<Float>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+(?:[eE][+-]?[0-9]+)?|[eE][+-]?[0-9]+)(?![A-Za-z0-9_.]))"
    r"|(?P<Int>-?(?:0|[1-9][0-9]*)(?![A-Za-z0-9_.]))"
    r'|"""(?P<BlockString>(?:\\"""|(?!""").)*)"""'
    r'|"(?!"")(?P<String>(?:[^"\\\r\n]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*)"',
    re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))")
_OFFSETS: Final = {STRING: 1, BLOCK: 3}
"""Strings stand, to OPA's parser, where their contents begin."""
_SHORT: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class Token(NamedTuple):
    """A token: a mark is its own kind and has no value."""

    kind: str
    value: str
    line: int
    column: int

    def __str__(self) -> str:
        return f'{self.kind} "{self.value}"' if self.value else self.kind


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text; the last one is the end, or what cannot be read."""
    at, line, start = 0, 1, 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            yield _unreadable(text, at)
            return
        kind = found.lastgroup or ""
        if kind != "skip":
            value = "" if kind == "mark" else _value(kind, found[kind])
            yield Token(found[0] if kind == "mark" else kind, value, line, at - start + 1 + _OFFSETS.get(kind, 0))
        for break_ in re.finditer(r"\r\n?|\n", found[0]):
            line += 1
            start = at + break_.end()
        at = found.end()
    yield Token(END, "", line, at - start + 1)


def _value(kind: str, text: str) -> str:
    if kind == STRING:
        return _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else _SHORT.get(found[2], found[2]), text)
    return _block(text) if kind == BLOCK else text


def _block(text: str) -> str:
    """A block string without its common indent and without blank lines at both ends."""
    lines = re.split(r"\r\n?|\n", text.replace('\\"""', '"""'))
    indents = [len(line) - len(line.lstrip(" \t")) for line in lines[1:] if line.strip(" \t")]
    indent = min(indents, default=0)
    lines = [lines[0], *(line[indent:] for line in lines[1:])]
    while lines and not lines[0].strip(" \t"):
        lines.pop(0)
    while lines and not lines[-1].strip(" \t"):
        lines.pop()
    return "\n".join(lines)


def _unreadable(text: str, at: int) -> Token:
    """What stands where no token begins: an open string is at fault where it ends."""
    if text.startswith('"""', at):
        at = len(text)
    before = re.split(r"\r\n?|\n", text[:at])
    return Token(INVALID, "", len(before), len(before[-1]) + 1)
