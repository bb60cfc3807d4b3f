"""RE2's regular expressions: the dialect of Go programs, in linear time, on the standard library where that is safe."""

from muniment.languages.regex.compiled import Match, Regex, compile  # noqa: A004  the name every regex module has
from muniment.languages.regex.errors import RegexError

__all__ = ("Match", "Regex", "RegexError", "compile")
