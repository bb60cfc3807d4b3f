"""The error of an expression: the author's text is wrong where it was evaluated, converted or called."""

from typing import Self

from muniment.languages.source import Diagnostic, LanguageError, LineIndex, Span

_NOWHERE = Span(1, 1, 1, 1)


class HclError(LanguageError):
    """An expression that has no value; `start` and `end` are offsets of its text, -1 until a place is known.

    A `static` error is none that `try` and `can` may catch: an undeclared name, or a budget that ran out.
    """

    def __init__(self, message: str, *, code: str = "invalid-expression", hint: str = "", static: bool = False) -> None:
        super().__init__(Diagnostic(code, message, _NOWHERE, hint))
        self.static = static
        self.start = -1
        self.end = -1

    def __str__(self) -> str:
        span = self.diagnostic.span
        return self.diagnostic.message if span is _NOWHERE else f"{span.line}:{span.column}: {self.diagnostic.message}"

    def at(self, start: int, end: int) -> Self:
        """The same error, with its place unless a more exact one is known already."""
        if self.start < 0:
            self.start, self.end = start, end
        return self

    def located(self, index: LineIndex) -> Self:
        """The same error, with lines and columns computed from its offsets."""
        if self.start >= 0 and self.diagnostic.span is _NOWHERE:
            self.diagnostic = self.diagnostic._replace(span=index.span(self.start, self.end))
        return self


def limit_exceeded(message: str) -> HclError:
    """The error of a budget that ran out."""
    return HclError(message, code="limit-exceeded", static=True)
