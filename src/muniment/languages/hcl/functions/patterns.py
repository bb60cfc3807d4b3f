"""Regular expressions as functions give them: patterns of one function table compiled once, and what they captured."""

from typing import Any

from muniment.languages.hcl.errors import HclError, limit_exceeded
from muniment.languages.regex.compiled import Match, Regex
from muniment.languages.regex.compiled import compile as compile_pattern
from muniment.languages.source import LanguageError, LimitExceededError

_KEPT = 512


class Patterns:
    """The compiled patterns of one table of functions; forgets all when it holds too many."""

    __slots__ = ("_compiled",)

    def __init__(self) -> None:
        self._compiled: dict[str, Regex] = {}

    def compile(self, pattern: str) -> Regex:
        """The pattern in RE2's dialect; raises HclError when it is none."""
        regex = self._compiled.get(pattern)
        if regex is None:
            try:
                regex = compile_pattern(pattern)
            except LimitExceededError as error:
                raise limit_exceeded(error.diagnostic.message) from error
            except LanguageError as error:
                raise HclError(f"invalid pattern: {error.diagnostic.message}", code="invalid-argument") from error
            if len(self._compiled) >= _KEPT:
                self._compiled.clear()
            self._compiled[pattern] = regex
        return regex


def captured(regex: Regex, match: Match) -> Any:
    """What a match yields: the text without groups, a tuple of unnamed groups, an object of named ones.

    Raises HclError when the pattern has both kinds.
    """
    if not regex.groups:
        return match.group(0)
    names = [name for name in regex.names if name]
    if not names:
        return tuple(match.groups())
    if len(names) < regex.groups:
        raise HclError("invalid pattern: named and unnamed groups cannot be mixed", code="invalid-argument")
    return dict(zip(names, match.groups(), strict=True))
