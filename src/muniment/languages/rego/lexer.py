"""Turns a text into tokens; template strings become the tokens of their parts between brackets of their own."""

import re
from typing import Any, Final, NamedTuple

from muniment.languages.rego.errors import Fault, RegoError
from muniment.languages.rego.values import number
from muniment.languages.source import LineIndex

_LEXEME: Final = r"""(?xs)
    (?P<space>(?:[\ \t\r\n]|\#[^\n]*)*+)
    (?:
    (?P<name>[A-Za-z_][A-Za-z_0-9]*+)
  | (?P<number>(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)
  | (?P<string>"(?:[^"\\\n]|\\.)*+")
  | (?P<raw>`[^`]*+`)
  | (?P<template>\$["`])
  | (?P<sign>:=|==|!=|<=|>=|[-+*/%&|<>=.,:;()\[\]{}])
  | (?P<end>\Z)
    )
"""
_QUOTED_PIECE: Final = r"(?s)(?:[^\"\\\n{]|\\.)*+"
_RAW_PIECE: Final = r"(?s)(?:[^`{\\]|\\\{|\\)*+"
_ESCAPE: Final = r"(?s)\\(?:u([0-9a-fA-F]{4})|(.?))"
_SIMPLE: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "\\": "\\", "/": "/", '"': '"', "{": "{"}
DEEPEST: Final = 200
"""Brackets within brackets; the parser recurses."""


class Token(NamedTuple):
    """`kind` is `name`, `value`, `sign`, `template` (its opening), `text`, `close` (its end) or `end`."""

    kind: str
    text: str
    value: Any
    start: int
    end: int
    fresh: bool
    """Whether a line ends between the token before and this one."""


class Comment(NamedTuple):
    """A comment's text without `#`, where it begins, and whether it has its line for itself."""

    text: str
    start: int
    alone: bool


def syntax_fault(name: str, text: str, place: int, message: str) -> RegoError:
    """The error at a place of a text."""
    lines = LineIndex(text)
    return RegoError([Fault("rego_parse_error", message, name, lines.span(place, min(place + 1, len(text))))])


class Lexer:
    """Reads one text; `comments` are what stood between the tokens."""

    __slots__ = ("_depth", "_match", "_name", "comments", "text", "tokens")

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self.text = text
        self.tokens: list[Token] = []
        self.comments: list[Comment] = []
        self._match = re.compile(_LEXEME).match
        self._depth = 0

    def run(self) -> list[Token]:
        """All tokens, the last one of kind `end`. Raises RegoError."""
        place = self._code(0, inside=False)
        self.tokens.append(Token("end", "", None, place, place, fresh=True))
        return self.tokens

    def _fault(self, place: int, message: str) -> RegoError:
        return syntax_fault(self._name, self.text, place, message)

    def _code(self, place: int, *, inside: bool) -> int:
        """Reads code up to the end, or `inside` a template up to the `}` that closes its expression."""
        text, tokens, opened = self.text, self.tokens, 0
        while True:
            found = self._match(text, place)
            if found is None:
                raise self._unreadable(place)
            kind = str(found.lastgroup)
            start, place = found.start(kind), found.end()
            space = found["space"]
            fresh = "\n" in space
            if "#" in space:
                self._comment(found.start(), space)
            word = text[start:place]
            if kind == "sign":
                if word in "([{":
                    opened += 1
                    if opened + self._depth > DEEPEST:
                        raise self._fault(start, f"nested over {DEEPEST} deep")
                elif word in ")]}":
                    if inside and not opened and word == "}":
                        return place
                    opened -= 1
                tokens.append(Token("sign", word, None, start, place, fresh))
            elif kind == "name":
                tokens.append(Token("name", word, None, start, place, fresh))
            elif kind == "template":
                place = self._template(start, fresh=fresh)
            elif kind == "end":
                if inside:
                    raise self._fault(start, "non-terminated template string")
                return start
            else:
                tokens.append(Token("value", word, self._value(kind, word, start), start, place, fresh))

    def _value(self, kind: str, word: str, start: int) -> Any:
        if kind == "number":
            return self._number(word, start)
        if kind == "raw":
            return word[1:-1]
        return word[1:-1] if "\\" not in word else self._unescaped(word[1:-1], start + 1)

    def _number(self, word: str, start: int) -> Any:
        try:
            return number(word)
        except ValueError:
            raise self._fault(start, "illegal number format") from None

    def _unescaped(self, text: str, start: int) -> str:
        def plain(found: re.Match[str]) -> str:
            if found[1]:
                return chr(int(found[1], 16))
            if found[2] not in _SIMPLE:
                raise self._fault(start + found.start(), "illegal string escape sequence")
            return _SIMPLE[found[2]]

        value = re.sub(_ESCAPE, plain, text)
        if any("\ud800" <= char < "\ue000" for char in value):
            value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return value

    def _comment(self, start: int, space: str) -> None:
        for found in re.finditer(r"#([^\n]*)", space):
            place = start + found.start()
            before = self.text[self.text.rfind("\n", 0, place) + 1 : place]
            self.comments.append(Comment(found[1].removesuffix("\r"), place, alone=not before.strip()))

    def _template(self, start: int, *, fresh: bool) -> int:
        """Reads `$"..."`; returns the place behind it."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._fault(start, f"nested over {DEEPEST} deep")
        mark = self.text[start + 1]
        raw = mark == "`"
        pattern = re.compile(_RAW_PIECE if raw else _QUOTED_PIECE)
        self.tokens.append(Token("template", self.text[start : start + 2], None, start, start + 2, fresh))
        place = start + 2
        while True:
            found = pattern.match(self.text, place)
            end = found.end() if found else place
            if end > place:
                piece = self.text[place:end]
                value = piece.replace("\\{", "{") if raw else self._unescaped(piece, place)
                self.tokens.append(Token("text", piece, value, place, end, fresh=False))
            if self.text[end : end + 1] == mark:
                self.tokens.append(Token("close", mark, None, end, end + 1, fresh=False))
                self._depth -= 1
                return end + 1
            if self.text[end : end + 1] != "{":
                raise self._fault(start, "non-terminated template string")
            self.tokens.append(Token("sign", "{", None, end, end + 1, fresh=False))
            place = self._code(end + 1, inside=True)
            self.tokens.append(Token("sign", "}", None, place - 1, place, fresh=False))

    def _unreadable(self, place: int) -> RegoError:
        found = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*+").match(self.text, place)
        place = found.end() if found else place
        first = self.text[place : place + 1]
        if first in {'"', "`"}:
            return self._fault(place, "non-terminated string")
        return self._fault(place, f"illegal token: {first!r}")
