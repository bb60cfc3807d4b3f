"""Splits a shell text into words, redirections and operators; what stands in heredocs and comments is passed over."""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

_OPERATOR: Final = re.compile(r"&&|\|\||;;&|;;|;&|\|&|[;|&()\n]")
_REDIRECT: Final = re.compile(r"(?:\d+|\{\w+\})?(?:<<<|<<-?|<>|<&|>>|>&|>\||<(?!\()|>(?!\())|&>>?")
_ARITHMETIC: Final = re.compile(r"\(\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)\)")
_ENDS_WORD: Final = frozenset(" \t\r\n;|&()<>")
_PLAIN: Final = re.compile(r"[^ \t\r\n;|&()<>\\'\"`$=]+")
_ESCAPED_IN_QUOTES: Final = frozenset('"\\$`\n')


class Token(NamedTuple):
    """A word, a redirection with its target, or an operator."""

    kind: str
    """`word`, `redirect` or `operator`."""
    text: str
    """Quotes and escapes are gone; what is substituted stays as written."""
    line: int
    quoted: bool = False
    inner: tuple[tuple[str, int], ...] = ()
    """The scripts of command substitutions, with their lines."""


class Scan(NamedTuple):
    """The tokens of a text; `complete` is false where it ends within a quote or a substitution."""

    tokens: tuple[Token, ...]
    complete: bool


def scan(text: str) -> Scan:
    """Reads a whole text; linear in its length."""
    scanner = _Scanner(text)
    tokens: list[Token] = []
    while (token := scanner.next()) is not None:
        tokens.append(token)
    return Scan(tuple(tokens), scanner.complete)


class _Heredoc(NamedTuple):
    name: str
    strip: bool


class _Scanner:
    """Reads token after token."""

    __slots__ = ("_heredocs", "_line", "_place", "_text", "complete")

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._line = 1
        self._heredocs: list[_Heredoc] = []
        """Those whose bodies start in the next line."""
        self.complete = True

    def next(self) -> Token | None:
        """The next token; None at the end."""
        self._skip()
        text, place, line = self._text, self._place, self._line
        if place >= len(text):
            return None
        if redirect := _REDIRECT.match(text, place):
            return self._redirect(redirect[0])
        if arithmetic := _ARITHMETIC.match(text, place):
            self._advance(arithmetic.end())
            return Token("word", arithmetic[0], line)
        if operator := _OPERATOR.match(text, place):
            self._advance(operator.end())
            if operator[0] == "\n":
                self._skip_heredocs()
            return Token("operator", operator[0], line)
        return self._word()

    def _advance(self, place: int) -> None:
        self._line += self._text.count("\n", self._place, place)
        self._place = min(place, len(self._text))

    def _skip(self) -> None:
        """Passes over blanks, joined lines and comments."""
        text = self._text
        while self._place < len(text):
            character = text[self._place]
            if character in " \t\r":
                self._place += 1
            elif character == "\\" and text[self._place + 1 : self._place + 2] == "\n":
                self._advance(self._place + 2)
            elif character == "#":
                end = text.find("\n", self._place)
                self._place = len(text) if end < 0 else end
            else:
                return

    def _redirect(self, operator: str) -> Token:
        """A redirection with the word behind it; a heredoc's body is passed over at the end of the line."""
        line = self._line
        self._advance(self._place + len(operator))
        self._skip()
        ends = self._place >= len(self._text) or self._text[self._place] in _ENDS_WORD - {"<", ">"}
        target = Token("word", "", line) if ends else self._word()
        if operator.lstrip("0123456789") in {"<<", "<<-"} and target.text:
            self._heredocs.append(_Heredoc(target.text, operator.endswith("-")))
        return Token("redirect", operator + target.text, line, inner=target.inner)

    def _skip_heredocs(self) -> None:
        for heredoc in self._heredocs:
            while self._place < len(self._text):
                end = self._text.find("\n", self._place)
                end = len(self._text) if end < 0 else end
                line = self._text[self._place : end].rstrip("\r")
                self._advance(end + 1)
                if (line.lstrip("\t") if heredoc.strip else line) == heredoc.name:
                    break
            else:
                self.complete = False
        self._heredocs = []

    def _word(self) -> Token:
        text, line = self._text, self._line
        out: list[str] = []
        inner: list[tuple[str, int]] = []
        quoted = False
        while self._place < len(text):
            if plain := _PLAIN.match(text, self._place):
                out.append(plain[0])
                self._place = plain.end()
                continue
            character = text[self._place]
            if character in "<>" and text[self._place + 1 : self._place + 2] == "(":
                out.append(self._parenthesis(inner, 1))
            elif character in _ENDS_WORD:
                break
            elif character == "\\":
                following = text[self._place + 1 : self._place + 2]
                out.append("" if following == "\n" else following)
                quoted = quoted or following not in {"", "\n"}
                self._advance(self._place + 2)
            elif character in "'\"":
                quoted = True
                out.append(self._single() if character == "'" else self._double(inner))
            elif character == "=":
                self._place += 1
                array = text.startswith("(", self._place)
                out.append("=" + (self._parenthesis(inner, 0, script=False) if array else ""))
            else:
                out.append(self._substitution(inner))
        return Token("word", "".join(out), line, quoted, tuple(inner))

    def _single(self) -> str:
        start = self._place + 1
        end = self._text.find("'", start)
        if end < 0:
            self.complete = False
            end = len(self._text)
        self._advance(end + 1)
        return self._text[start:end]

    def _double(self, inner: list[tuple[str, int]]) -> str:
        text, out = self._text, list[str]()
        self._place += 1
        while self._place < len(text):
            character = text[self._place]
            if character == '"':
                self._place += 1
                return "".join(out)
            if character == "\\":
                following = text[self._place + 1 : self._place + 2]
                out.append(character + following if following not in _ESCAPED_IN_QUOTES else following.strip("\n"))
                self._advance(self._place + 2)
            elif character in "$`":
                out.append(self._substitution(inner))
            else:
                out.append(character)
                self._advance(self._place + 1)
        self.complete = False
        return "".join(out)

    def _substitution(self, inner: list[tuple[str, int]]) -> str:
        """What begins with `$` or a backtick, as written."""
        text, start, line = self._text, self._place, self._line
        if text[start] == "`":
            return self._backticks(inner)
        following = text[start + 1 : start + 2]
        if following == "(":
            return self._parenthesis(inner, 1)
        if following == "{":
            end = _closing(text, start + 1)
            self._advance(self._checked(end) + 1)
            inner += ((token, line) for token in _within(text[start + 2 : end]))
            return text[start : self._place]
        self._place += 1
        return "" if following in {"'", '"'} else "$"

    def _backticks(self, inner: list[tuple[str, int]]) -> str:
        text, start, line = self._text, self._place, self._line
        found = re.compile(r"`((?:[^`\\]|\\.)*)`", re.DOTALL).match(text, start)
        body = found[1] if found else text[start + 1 :]
        self.complete = self.complete and found is not None
        self._advance(found.end() if found else len(text))
        inner.append((body.replace("\\`", "`"), line))
        return text[start : self._place]

    def _parenthesis(self, inner: list[tuple[str, int]], before: int, *, script: bool = True) -> str:
        """What stands in parentheses `before` characters further on; arithmetic is no script."""
        text, start, line = self._text, self._place, self._line
        opened = start + before
        end = self._checked(_closing(text, opened))
        if script and not text.startswith("((", opened):
            inner.append((text[opened + 1 : end], line))
        self._advance(end + 1)
        return text[start : self._place]

    def _checked(self, end: int) -> int:
        """A closing place; the end of the text, which is not complete then, where there is none."""
        if end < 0:
            self.complete = False
            return len(self._text)
        return end


def _within(text: str) -> list[str]:
    """The scripts of command substitutions in the text of `${...}`."""
    out: list[str] = []
    place = text.find("$(")
    while place >= 0:
        end = _closing(text, place + 1)
        end = len(text) if end < 0 else end
        if not text.startswith("$((", place):
            out.append(text[place + 2 : end])
        place = text.find("$(", end)
    return out


def _closing(text: str, start: int) -> int:
    """The offset of the bracket that closes the one at `start`, quotes and escapes minded; -1 if there is none."""
    opening = text[start]
    closing = {"(": ")", "{": "}"}[opening]
    found: Callable[[str, int], re.Match[str] | None] = re.compile(
        rf"\\.|'[^']*'|\"(?:[^\"\\]|\\.)*\"|[{re.escape(opening + closing)}]", re.DOTALL
    ).search
    depth, place = 0, start
    while match := found(text, place):
        depth += (match[0] == opening) - (match[0] == closing)
        if depth == 0 and match[0] == closing:
            return match.start()
        place = match.end()
    return -1
