"""Checkov's regular expressions of paths as patterns of `exclude`, where both say the same."""

import re
from typing import Final

from muniment.core.paths import literal

_TOKEN: Final = re.compile(
    r"(?P<any>\.\*)|(?:\\(?P<escaped>[^A-Za-z0-9])|(?P<plain>[A-Za-z0-9_/ ~@%,=:;!#&<>'\"-])|(?P<one>\.))(?![*+?{])"
)
_STARS: Final = re.compile(r"\*+")


def pattern_of(regex: str, below: str) -> str | None:
    """The pattern of all paths in the folder `below` in which a regular expression is found; None if there is none.

    A star takes `/` along in `exclude`, as `.*` does. What must stand at the end of a path has no pattern: it would
    leave out a folder of that name with all that is in it.
    """
    inner = _translated(regex.removeprefix("^"))
    if inner is None:
        return None
    above = f"{literal(below)}/" if below else ""
    return _STARS.sub("*", f"{above}{'' if regex.startswith('^') else '*'}{inner}*")


def _translated(text: str) -> str | None:
    """A regular expression of plain characters, `.` and `.*` as a pattern."""
    out, at = [], 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            return None
        plain = found["escaped"] or found["plain"]
        out.append(literal(plain) if plain else "*" if found["any"] else "?")
        at = found.end()
    return "".join(out) or None
