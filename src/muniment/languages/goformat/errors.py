"""A text that is not of the format it was read as."""

from muniment.languages.source import Diagnostic, LanguageError, Span


class GoFormatError(LanguageError):
    """A value that Go's parser of the same format refuses; the diagnostic's message is close to Go's own."""


def refuse(text: str, message: str) -> GoFormatError:
    """The error for the whole of `text`."""
    return GoFormatError(Diagnostic("invalid-value", message, Span(1, 1, 1, len(text) + 1)))
