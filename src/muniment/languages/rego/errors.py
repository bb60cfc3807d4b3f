"""What goes wrong: modules that do not parse or compile, and evaluations that have no answer."""

from collections.abc import Iterable
from typing import NamedTuple

from muniment.languages.source import Diagnostic, LanguageError, Span

NOWHERE = Span(0, 0, 0, 0)
"""The place of what stands in no text."""


class Fault(NamedTuple):
    """One thing that is wrong with a module, as OPA reports it."""

    code: str
    """`rego_parse_error`, `rego_compile_error`, `rego_unsafe_var_error`, `rego_recursion_error`, `rego_type_error`."""
    message: str
    file: str
    span: Span

    def __str__(self) -> str:
        return f"{self.file}:{self.span.line}: {self.code}: {self.message}"


class RegoError(LanguageError):
    """Modules that do not parse or compile; `faults` has everything that was found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(Diagnostic(first.code, first.message, first.span))

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))


class RegoEvaluationError(Exception):
    """A query that has no answer for this input: conflicting values, a strict builtin's error, a budget that ran out.

    `code` is `eval_conflict_error`, `eval_builtin_error`, `eval_type_error`, `eval_with_merge_error`,
    `eval_cancel_error`, `eval_internal_error` or `limit-exceeded`.
    """

    def __init__(self, code: str, message: str, *, file: str = "", span: Span = NOWHERE) -> None:
        self.code = code
        self.message = message
        self.file = file
        self.span = span
        super().__init__(f"{file}:{span.line}: {code}: {message}" if file else f"{code}: {message}")
