"""Whether two simple patterns have a text in common: characters, `.`, `[a-z]`, each perhaps with `*` or `+` behind."""

import re
from types import MappingProxyType
from typing import Final, NamedTuple

from muniment.languages.rego.signatures import BuiltinError

_MAX_CELLS: Final = 4_000_000
"""Pairs of places that are looked at."""
_LAST: Final = 0x10FFFF


class Token(NamedTuple):
    """Ranges of code points, and whether they may be absent or repeated."""

    ranges: tuple[tuple[int, int], ...]
    optional: bool = False
    repeated: bool = False

    def meets(self, other: "Token") -> bool:
        """Whether the two have a character in common."""
        return any(a <= d and c <= b for a, b in self.ranges for c, d in other.ranges)


def intersect(first: str, second: str) -> bool:
    """Whether any text matches both patterns. Raises BuiltinError for one that is not of the simple form."""
    left, right = tokens(first), tokens(second)
    if len(left) * len(right) > _MAX_CELLS:
        raise BuiltinError("the patterns are too long")
    reached = {(0, 0)}
    frontier = [(0, 0)]
    while frontier:
        i, j = frontier.pop()
        for step in _steps(left, right, i, j):
            if step not in reached:
                reached.add(step)
                frontier.append(step)
    return (len(left), len(right)) in reached


def _steps(left: list[Token], right: list[Token], i: int, j: int) -> list[tuple[int, int]]:
    """Where one may be next: behind an optional token, or both behind a common character."""
    steps = []
    a = left[i] if i < len(left) else None
    b = right[j] if j < len(right) else None
    if a and a.optional:
        steps.append((i + 1, j))
    if b and b.optional:
        steps.append((i, j + 1))
    if a and b and a.meets(b):
        steps.append((i + 1, j + 1))
        if a.repeated:
            steps.append((i, j + 1))
        if b.repeated:
            steps.append((i + 1, j))
    return steps


def tokens(text: str) -> list[Token]:
    """The tokens of a pattern."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        ranges, at = _ranges(text, at)
        flag = text[at : at + 1]
        if flag in {"*", "+"}:
            at += 1
        found.append(Token(ranges, optional=flag == "*", repeated=flag in {"*", "+"} and bool(flag)))
    return found


def _ranges(text: str, at: int) -> tuple[tuple[tuple[int, int], ...], int]:
    """The characters that may stand at a place of a text that matches, and where the next token begins."""
    char = text[at]
    if char == "\\":
        if at + 1 == len(text):
            raise _invalid(text, at, "escape is not followed by a character")
        return ((ord(text[at + 1]), ord(text[at + 1])),), at + 2
    if char == ".":
        return ((0, _LAST),), at + 1
    if char == "[":
        return _set(text, at)
    if char == "]":
        raise _invalid(text, at + 1, "set-close ']' with no preceding '['")
    if char in "*+":
        raise _invalid(text, at + 1, f"flag '{char}' must be preceded by a non-flag")
    return ((ord(char), ord(char)),), at + 1


def _set(text: str, at: int) -> tuple[tuple[tuple[int, int], ...], int]:
    end = re.compile(r"\[((?:\\.|[^\]\\])*)\]", re.DOTALL).match(text, at)
    if not end:
        raise _invalid(text, at + 1, "set-open '[' with no succeeding ']'")
    ranges: list[tuple[int, int]] = []
    for part in re.finditer(r"(\\?.)-(\\?.)|\\?(.)", end[1], re.DOTALL):
        low, high = (part[1] or part[3])[-1], (part[2] or part[3])[-1]
        if low > high:
            raise _invalid(text, at + part.end(), f"range '{part[0]}' is out of order")
        ranges.append((ord(low), ord(high)))
    return tuple(ranges), end.end()


def _invalid(text: str, place: int, message: str) -> BuiltinError:
    return BuiltinError(f"input:{text}, pos:{place}, {message}: the input provided is invalid")


FUNCTIONS: Final = MappingProxyType({"regex.globs_match": intersect})
