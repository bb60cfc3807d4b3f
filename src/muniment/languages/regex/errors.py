"""What is wrong with a pattern, in the words that Go programs print."""

from muniment.languages.source import Diagnostic, LanguageError, LimitExceededError, LineIndex


class RegexError(LanguageError):
    """A pattern that RE2 refuses; the diagnostic's message is Go's own text."""


def refuse(pattern: str, reason: str, start: int, end: int) -> RegexError:
    """The error for the stretch of `pattern` at fault."""
    message = f"error parsing regexp: {reason}: `{pattern[start:end]}`"
    return RegexError(Diagnostic("invalid-regex", message, LineIndex(pattern).span(start, end)))


def exhausted(what: str) -> LimitExceededError:
    """The error for a budget that ran out while compiling or matching."""
    return LimitExceededError(Diagnostic("limit-exceeded", what, LineIndex("").span(0, 0)))
