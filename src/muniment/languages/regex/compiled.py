"""A compiled pattern: which matcher answers, and the operations of Go's `regexp` on top of it."""

import re
from collections.abc import Iterator

from muniment.languages.regex.parser import parse
from muniment.languages.regex.template import expander
from muniment.languages.regex.translate import translate
from muniment.languages.source import Limits


class Match:
    """Where a pattern matched; places are code points of the text."""

    __slots__ = ("_spans", "end", "start", "text")

    def __init__(self, text: str, spans: tuple[tuple[int, int], ...]) -> None:
        self.text = text
        self.start, self.end = spans[0]
        self._spans = spans

    def span(self, number: int = 0) -> tuple[int, int]:
        """Start and end of a capture, (-1, -1) where it took no part; 0 is the whole match."""
        return self._spans[number]

    def group(self, number: int = 0) -> str | None:
        """The text of a capture, nothing where it took no part; 0 is the whole match."""
        start, end = self._spans[number]
        return None if start < 0 else self.text[start:end]

    def groups(self) -> tuple[str | None, ...]:
        """The texts of all captures, the whole match left out."""
        return tuple(self.group(number) for number in range(1, len(self._spans)))


class Regex:
    """A pattern of RE2's dialect, ready to match."""

    __slots__ = ("_limits", "_native", "_tree", "groups", "kind", "names", "pattern")

    def __init__(self, pattern: str, limits: Limits) -> None:
        self.pattern = pattern
        self._limits = limits
        self._tree, self.groups, self.names = parse(pattern)
        self._native: re.Pattern[str] | None = None
        self.kind = "linear"

    def search(self, text: str, start: int = 0) -> Match | None:
        """The leftmost match at or after `start`, by preference among those that begin there."""
        found = self._compiled().search(text, start)
        return Match(text, found.regs) if found else None

    def fullmatch(self, text: str) -> Match | None:
        """The match that takes the whole text."""
        found = self._compiled().fullmatch(text)
        return Match(text, found.regs) if found else None

    def finditer(self, text: str) -> Iterator[Match]:
        """Matches from left to right that do not overlap; an empty one never touches the match before it."""
        at, previous = 0, -1
        while at <= len(text) and (found := self.search(text, at)):
            if found.end > at or found.start != previous:
                yield found
            at, previous = max(found.end, at + (found.end == at)), found.end

    def replace(self, text: str, template: str) -> str:
        """`text` with every match replaced by `template`, in which `$1`, `$name` and `${name}` stand for captures."""
        return self._substitute(text, template)

    def replace_literal(self, text: str, replacement: str) -> str:
        """`text` with every match replaced by `replacement` as it stands."""
        return self._substitute(text, replacement.replace("$", "$$"))

    def _substitute(self, text: str, template: str) -> str:
        expand, parts, end = expander(template, self.names), list[str](), 0
        for match in self.finditer(text):
            parts += (text[end : match.start], expand(match))
            end = match.end
        return "".join((*parts, text[end:])) if parts else text

    def split(self, text: str, limit: int = -1) -> list[str]:
        """The stretches between matches, at most `limit` of them unless it is negative."""
        if limit == 0:
            return []
        if not text and self.pattern:
            return [""]
        parts, begin, end = list[str](), 0, 0
        for match in self.finditer(text):
            if len(parts) == limit - 1:
                break
            end = match.start
            if match.end:
                parts.append(text[begin:end])
            begin = match.end
        return parts if end == len(text) and parts else [*parts, text[begin:]]

    def _compiled(self) -> re.Pattern[str]:
        if self._native is None:
            self._native = re.compile(translate(self._tree))
        return self._native


def compile(pattern: str, *, limits: Limits = Limits()) -> Regex:  # noqa: A001,B008  the name every regex module has; a frozen value
    """Reads a pattern of RE2's dialect.

    Raises `RegexError` with Go's message where RE2 refuses it, `LimitExceededError` where it is too long.
    """
    return Regex(pattern, limits)
