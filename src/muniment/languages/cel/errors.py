"""What goes wrong: an expression that does not compile, and one that cannot be evaluated."""

from muniment.languages.source import Diagnostic, LanguageError, Span


class CelError(LanguageError):
    """An expression that does not parse or check; the diagnostic says where in its text."""


class CelEvaluationError(Exception):
    """An expression that has no value for this data; `code` is `limit-exceeded` when the budget ran out."""

    def __init__(self, message: str, *, code: str = "evaluation") -> None:
        super().__init__(message)
        self.code = code


def syntax_error(text: str, start: int, end: int, message: str, *, code: str = "syntax-error") -> CelError:
    """The error at a stretch of the text."""
    line = text.count("\n", 0, start) + 1
    column = start - text.rfind("\n", 0, start)
    return CelError(Diagnostic(code, message, Span(line, column, line, column + max(end - start, 1))))


def exhausted() -> CelEvaluationError:
    """The error of an evaluation whose budget has run out."""
    return CelEvaluationError("the budget of the evaluation has run out", code="limit-exceeded")
