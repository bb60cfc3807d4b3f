"""Shell patterns of `${name#pattern}` and its kin: `*` and `?`, an escape character before either makes it plain."""

from collections.abc import Iterator
from typing import Final

_ANY: Final = ""
_MANY: Final = None
Pattern = tuple[str | None, ...]
"""One entry a character: the character, `_ANY` for `?`, `_MANY` for `*`."""
STEPS: Final = 1_000_000


class PatternLimitError(Exception):
    """Text and pattern are too long for each other."""


def parse_pattern(text: str, escape: str) -> Pattern:
    """The pattern that a text stands for."""
    out: list[str | None] = []
    characters = iter(text)
    for character in characters:
        if character == escape:
            out.append(next(characters, escape))
        else:
            out.append({"*": _MANY, "?": _ANY}.get(character, character))
    return tuple(out)


def cut_prefix(value: str, pattern: Pattern, *, longest: bool) -> str:
    """The value without the shortest or longest beginning that matches."""
    ends = list(_matches(value, pattern, 0))
    return value[ends[-1] if longest else ends[0] :] if ends else value


def cut_suffix(value: str, pattern: Pattern, *, longest: bool) -> str:
    """The value without the shortest or longest end that matches."""
    return cut_prefix(value[::-1], pattern[::-1], longest=longest)[::-1]


def replaced(value: str, pattern: Pattern, new: str, *, every: bool) -> str:
    """The value with the first or every match replaced; a match is as long as it can be."""
    out: list[str] = []
    place = cost = 0
    while place < len(value):
        cost += len(value) - place
        if cost > STEPS:
            raise PatternLimitError
        ends = list(_matches(value, pattern, place))
        if ends and ends[-1] > place:
            out.append(new)
            place = ends[-1]
            if not every:
                break
        else:
            out.append(value[place])
            place += 1
    return "".join(out) + value[place:]


def _matches(value: str, pattern: Pattern, start: int) -> Iterator[int]:
    """The places at which a match that begins at `start` may end, in order. Raises PatternLimitError."""
    if (len(value) - start) * len(pattern) > STEPS:
        raise PatternLimitError
    states = _closure({0}, pattern)
    for place in range(start, len(value) + 1):
        if len(pattern) in states:
            yield place
        if not states or place == len(value):
            return
        states = _closure(_step(states, pattern, value[place]), pattern)


def _step(states: set[int], pattern: Pattern, character: str) -> set[int]:
    """The states after a character; a state is how much of the pattern is matched."""
    out: set[int] = set()
    for state in states:
        if state < len(pattern):
            wanted = pattern[state]
            if wanted is _MANY:
                out.add(state)
            elif wanted in {_ANY, character}:
                out.add(state + 1)
    return out


def _closure(states: set[int], pattern: Pattern) -> set[int]:
    """The states with those that are reached by matching nothing with a `*`."""
    out = set(states)
    for state in states:
        after = state
        while after < len(pattern) and pattern[after] is _MANY:
            after += 1
            out.add(after)
    return out
