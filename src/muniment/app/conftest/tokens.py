"""Tokens of a small format, with a cursor over them; it must not know any of the formats."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple, NoReturn

from muniment.errors import InputError

_DEPTH: Final = 100
_COUNT: Final = 1_000_000


class Token(NamedTuple):
    """A kind as its pattern's group is called, the text, and the line, which counts from 1."""

    kind: str
    text: str
    line: int


def split(form: re.Pattern[str], text: str, skipped: frozenset[str] = frozenset()) -> list[Token]:
    """The tokens of a text, without kinds to skip, and an `end`. Raises InputError where none matches."""
    found: list[Token] = []
    at, line = 0, 1
    while match := form.match(text, at):
        part, kind = match[0], match.lastgroup or ""
        if not part:
            break
        if kind not in skipped:
            found.append(Token(kind, part, line))
            if len(found) > _COUNT:
                raise InputError(f"more than {_COUNT} tokens", code="limit-exceeded")
        line += part.count("\n")
        at = match.end()
    if at < len(text):
        raise InputError(f"line {line}: unexpected {text[at : at + 1]!r}", code="syntax-error")
    return [*found, Token("end", "", line)]


def unescaped(token: Token, escapes: Mapping[str, str]) -> str:
    """The text between a token's quotes, with what stands there for codes and for signs behind a backslash.

    Raises InputError for a sign that is none of `escapes`.
    """

    def replaced(found: re.Match[str]) -> str:
        if found[1]:
            return chr(int(found[1], 16))
        if found[2] not in escapes:
            raise InputError(f"line {token.line}: no such escape: \\{found[2]}", code="syntax-error")
        return escapes[found[2]]

    decoded = re.sub(r"\\(?:u([0-9a-fA-F]{4})|(.))", replaced, token.text[1:-1], flags=re.DOTALL)
    return decoded.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class Cursor:
    """A place in tokens that only goes forward; counts how deep the reader is."""

    __slots__ = ("_depth", "_following", "token")

    def __init__(self, tokens: list[Token]) -> None:
        self._following = iter(tokens)
        self.token = next(self._following)
        """The token here; the last one is an `end`."""
        self._depth = 0

    def take(self) -> Token:
        """The token here, and goes past it; the end is never left."""
        token = self.token
        self.token = next(self._following, token)
        return token

    def accept(self, *texts: str) -> bool:
        """Whether one of these signs stands here; goes past it if so."""
        token = self.token
        if token.kind != "sign" or token.text not in texts:
            return False
        self.token = next(self._following, token)
        return True

    def expect(self, text: str) -> None:
        """Goes past a sign. Raises InputError if another thing stands here."""
        if not self.accept(text):
            self.refuse(f"{text!r} is missing")

    def enter(self) -> None:
        """One level deeper. Raises InputError if that is too deep."""
        self._depth += 1
        if self._depth > _DEPTH:
            raise InputError(f"line {self.token.line}: nested deeper than {_DEPTH}", code="limit-exceeded")

    def leave(self) -> None:
        """One level back."""
        self._depth -= 1

    def refuse(self, why: str) -> NoReturn:
        """Raises InputError with the line and what stands here."""
        shown = repr(self.token.text[:40]) if self.token.kind != "end" else "the end"
        raise InputError(f"line {self.token.line}: {why} before {shown}", code="syntax-error")
