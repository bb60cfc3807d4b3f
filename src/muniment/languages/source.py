"""What every language core shares about source text: places, diagnostics and limits.

It must not know any language, any file system or anything of Muniment.
"""

from bisect import bisect_right
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of source text. Lines and columns count from 1; columns are code points; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Diagnostic(NamedTuple):
    """What is wrong with a text, where, and what its author can do about it."""

    code: str
    """A stable short name: `syntax-error`, `limit-exceeded`, `duplicate-key` ..."""
    message: str
    span: Span
    hint: str = ""


class LanguageError(Exception):
    """The one family of errors that a core raises; carries a `Diagnostic`."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(f"{diagnostic.span.line}:{diagnostic.span.column}: {diagnostic.message}")
        self.diagnostic = diagnostic


class LimitExceededError(LanguageError):
    """A budget of `Limits` ran out; its diagnostic has the code `limit-exceeded`."""


class Limits(NamedTuple):
    """Budgets of parsers and evaluators; exceeding one is a `LimitExceededError`, never a crash or a hang."""

    size: int = 20 * 1024 * 1024
    """Bytes of one text."""
    depth: int = 200
    """Nesting of source languages."""
    data_depth: int = 512
    """Nesting of JSON and YAML data."""
    nodes: int = 5_000_000
    """Expanded nodes of one YAML document, aliases counted per visit."""
    alias_ratio: int = 100
    """Expanded nodes per parsed node, refused above `alias_floor` expanded nodes."""
    alias_floor: int = 100_000
    string: int = 10 * 1024 * 1024
    """Characters of a string that an evaluator builds."""
    items: int = 1_000_000
    """Items of a collection that an evaluator builds."""
    steps: int = 50_000_000
    """Evaluation steps."""


class LineIndex:
    """Turns offsets into lines and columns of one text; built once, asked only when a place is shown."""

    __slots__ = ("_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: list[int] | None = None

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column (from 1, code points) of a character offset."""
        starts = self._starts
        if starts is None:
            starts = [0]
            find, at = self.text.find, self.text.find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = find("\n", at + 1)
            self._starts = starts
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """The span between two character offsets, the end exclusive."""
        return Span(*self.position(start), *self.position(end))
