"""A compiled pattern: which matcher answers, and the operations of Go's `regexp` on top of it."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from muniment.languages.regex.parser import parse
from muniment.languages.regex.routing import Route, plain_length
from muniment.languages.regex.routing import route as find_route
from muniment.languages.regex.template import expander
from muniment.languages.regex.translate import translate
from muniment.languages.source import Limits

if TYPE_CHECKING:
    from muniment.languages.regex.guard import Guard, Spans
    from muniment.languages.regex.program import Symbols


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
    """A pattern of RE2's dialect, ready to match; what a matcher needs is built when it is first asked."""

    __slots__ = ("_guard", "_limits", "_native", "_route", "_safe", "_symbols", "_tree", "groups", "names", "pattern")

    def __init__(self, pattern: str, limits: Limits) -> None:
        self.pattern = pattern
        self._limits = limits
        self._tree, self.groups, self.names = parse(pattern)
        self._symbols: Symbols | None = None
        self._route: Route | None = None
        self._native: re.Pattern[str] | None = None
        self._guard: Guard | None = None
        self._safe = plain_length(self._tree)

    @property
    def kind(self) -> str:
        """`linear` where the standard library answers, `guarded` where our own matcher does for all but short texts."""
        return "linear" if self._analysed().linear else "guarded"

    def search(self, text: str, start: int = 0) -> Match | None:
        """The leftmost match at or after `start`, by preference among those that begin there.

        Raises `LimitExceededError` if the text takes more than the steps of `Limits`; so do all other methods.
        """
        if self._native is not None and len(text) <= self._safe:
            found = self._native.search(text, start)
            return Match(text, found.regs) if found else None
        spans = self._finder(text)(start)
        return Match(text, spans) if spans else None

    def fullmatch(self, text: str) -> Match | None:
        """The match that takes the whole text."""
        if self._backtracks(text):
            found = self._standard().fullmatch(text)
            return Match(text, found.regs) if found else None
        guard = self._guarded()
        spans = guard.fullmatch(guard.translate(text), guard.meter())
        return Match(text, spans) if spans else None

    def finditer(self, text: str) -> Iterator[Match]:
        """Matches from left to right that do not overlap; an empty one never touches the match before it."""
        find = self._finder(text)
        at, previous = 0, -1
        while at <= len(text) and (spans := find(at)):
            start, end = spans[0]
            if end > at or start != previous:
                yield Match(text, spans)
            at, previous = max(end, at + 1), end

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

    def _finder(self, text: str) -> "Callable[[int], Spans | None]":
        """A search in `text` from a given place, by the matcher that is safe for it."""
        if self._backtracks(text):
            search = self._standard().search
            return lambda start: found.regs if (found := search(text, start)) else None
        guard = self._guarded()
        meter = guard.meter()
        symbols = guard.translate(text)
        return lambda start: guard.search(symbols, start, meter)

    def _backtracks(self, text: str) -> bool:
        if len(text) <= self._safe:
            return True
        route = self._analysed()
        return len(text) <= self._safe or route.allows(text)

    def _analysed(self) -> Route:
        if self._route is None:
            self._route = find_route(self._tree, self._alphabet())
            self._safe = self._route.safe_length()
        return self._route

    def _alphabet(self) -> "Symbols":
        if self._symbols is None:
            from muniment.languages.regex.program import symbols_of  # noqa: PLC0415  plain patterns do without

            self._symbols = symbols_of(self._tree)
        return self._symbols

    def _standard(self) -> re.Pattern[str]:
        if self._native is None:
            self._native = re.compile(translate(self._tree))
        return self._native

    def _guarded(self) -> "Guard":
        if self._guard is None:
            from muniment.languages.regex.guard import Guard  # noqa: PLC0415  plain patterns do without

            self._guard = Guard(self._tree, self._alphabet(), self.groups, self._limits.steps)
        return self._guard


def compile(pattern: str, *, limits: Limits = Limits()) -> Regex:  # noqa: A001,B008  the name every regex module has; a frozen value
    """Reads a pattern of RE2's dialect.

    Raises `RegexError` with Go's message where RE2 refuses it, `LimitExceededError` where it is too long.
    """
    return Regex(pattern, limits)
