"""A text that is no address, network or URL."""

from muniment.languages.source import Diagnostic, LanguageError, Span


class NetError(LanguageError):
    """A text that Go's `net` packages refuse, or arithmetic that leaves a network."""


def refuse(text: str, message: str) -> NetError:
    """The error for the whole of `text`."""
    return NetError(Diagnostic("invalid-value", message, Span(1, 1, 1, len(text) + 1)))
