"""Joins physical lines to logical ones: parser directives, comments, continuations and heredocs."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from muniment.languages.dockerfile.instruction import Heredoc
from muniment.languages.dockerfile.words import quoted_words
from muniment.languages.source import Diagnostic, Span

_DIRECTIVE: Final = re.compile(r"#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(\S(?:.*\S)?)\s*")
_DIRECTIVES: Final = frozenset({"syntax", "escape", "check"})
_HEREDOC: Final = re.compile(r"\d*<<(-?)([^<]+)")
_WITH_HEREDOCS: Final = frozenset({"RUN", "COPY", "ADD"})


class LogicalLine(NamedTuple):
    """An instruction before it is taken apart."""

    first: int
    last: int
    parts: tuple[str, ...]
    """The text of each physical line, without the escape character at its end."""
    numbers: tuple[int, ...]
    """The line of each part."""
    heredocs: tuple[Heredoc, ...]
    comments: tuple[str, ...]


class LineReader:
    """Walks over physical lines; collects directives, comments and complaints."""

    __slots__ = ("_lines", "comments", "diagnostics", "directive_lines", "directives", "escape")

    def __init__(self, text: str) -> None:
        self._lines = [line.rstrip("\r") for line in text.removeprefix("\ufeff").split("\n")]
        self.comments: list[tuple[int, str]] = []
        self.diagnostics: list[Diagnostic] = []
        self.directives: dict[str, str] = {}
        self.directive_lines: dict[str, int] = {}
        self.escape = "\\"

    def complain(self, line: int, message: str, code: str = "syntax-error") -> None:
        """Adds a diagnostic for a line."""
        self.diagnostics.append(Diagnostic(code, message, self.span(line, line)))

    def span(self, first: int, last: int) -> Span:
        """Whole lines."""
        return Span(first, 1, last, len(self._lines[last - 1]) + 1)

    def read(self) -> Iterator[LogicalLine]:
        """The logical lines, in order."""
        self._read_directives()
        place, above = 0, list[str]()
        while place < len(self._lines):
            stripped = self._lines[place].strip()
            if stripped.startswith("#"):
                said = stripped[1:].strip()
                above = [*above, said] if said else []
                self.comments.append((place + 1, stripped))
                place += 1
            elif not stripped:
                place += 1
            else:
                line = self._logical(place, tuple(above))
                above = []
                place = line.last
                yield line

    def _read_directives(self) -> None:
        """Directives are the first lines only; any other line ends them."""
        for number, line in enumerate(self._lines, 1):
            found = _DIRECTIVE.fullmatch(line.strip())
            name = found[1].lower() if found else ""
            if found is None or name not in _DIRECTIVES:
                return
            if name in self.directives:
                self.complain(number, f"the directive {name} stands twice")
            elif name == "escape" and found[2] not in {"\\", "`"}:
                self.complain(number, f"{found[2]!r} is no escape character: a backslash or a backtick is")
            elif name == "escape":
                self.escape = found[2]
            self.directives.setdefault(name, found[2])
            self.directive_lines.setdefault(name, number)

    def _logical(self, place: int, above: tuple[str, ...]) -> LogicalLine:
        """One instruction: comments and empty lines inside of it are dropped."""
        first = place
        parts: list[str] = []
        numbers: list[int] = []
        continued = True
        while continued and place < len(self._lines):
            line = self._lines[place]
            stripped = line.strip()
            place += 1
            if parts and (not stripped or stripped.startswith("#")):
                if stripped:
                    self.comments.append((place, stripped))
                continue
            body, continued = self._continued(line)
            parts.append(body)
            numbers.append(place)
        text = "".join(parts)
        heredocs: list[Heredoc] = []
        for strip, name, expand in _heredoc_words(text, self.escape):
            heredoc, place = self._heredoc(name, place, first + 1, expand=expand, strip=strip)
            heredocs.append(heredoc)
        return LogicalLine(first + 1, place, tuple(parts), tuple(numbers), tuple(heredocs), above)

    def _continued(self, line: str) -> tuple[str, bool]:
        """The line without its escape character, and whether it goes on; an escaped escape character ends nothing."""
        body = line.rstrip(" \t")
        if body.endswith(self.escape) and not body.endswith(self.escape * 2):
            return body[:-1], True
        return line, False

    def _heredoc(self, name: str, place: int, line: int, *, expand: bool, strip: bool) -> tuple[Heredoc, int]:
        """The body that starts at `place`, and the place behind its end."""
        start, body = place, list[str]()
        while place < len(self._lines):
            text = self._lines[place].lstrip("\t") if strip else self._lines[place]
            place += 1
            if text == name:
                break
            body.append(f"{text}\n")
        else:
            self.complain(line, f"the heredoc {name} is not closed")
        span = Span(start + 1, 1, start + len(body) + 1, 1)
        return Heredoc(name, "".join(body), expand, strip, span), place


def _heredoc_words(text: str, escape: str) -> Iterator[tuple[bool, str, bool]]:
    """The heredocs that an instruction opens: (tabs stripped, name, expanded)."""
    if "<<" not in text:
        return
    words = quoted_words(text, escape)
    names = [word.upper() for word in words[:2]]
    if names[0] not in _WITH_HEREDOCS and not (names[0] == "ONBUILD" and names[-1] in _WITH_HEREDOCS):
        return
    for word in words:
        found = _HEREDOC.fullmatch(word)
        if found:
            name = re.sub(r"[\"']", "", found[2])
            if name:
                yield bool(found[1]), name, name == found[2]
