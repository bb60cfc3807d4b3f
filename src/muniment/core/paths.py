"""Patterns of paths, as ignore files have them: `*`, `?` and `[...]` within a folder's level, `**` across levels."""

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import Final

_ANY: Final = "**"


def fits(path: str, pattern: str) -> bool:
    """Whether a whole path fits a pattern; takes at most one step for each pair of their parts."""
    parts = pattern.split("/")
    reached = _opened({0}, parts)
    for name in path.split("/"):
        kept = {place for place in reached if place < len(parts) and parts[place] == _ANY}
        moved = {place + 1 for place in reached - kept if place < len(parts) and fnmatchcase(name, parts[place])}
        reached = _opened(kept | moved, parts)
    return len(parts) in reached


def _opened(places: Iterable[int], parts: Sequence[str]) -> set[int]:
    """The places of a pattern with those behind each `**`, which may stand for no folder at all."""
    out = set(places)
    for place in sorted(out):
        following = place
        while following < len(parts) and parts[following] == _ANY:
            following += 1
            out.add(following)
    return out


def literal(path: str) -> str:
    """The pattern that only this path fits."""
    return "".join(f"[{one}]" if one in "*?[" else one for one in path)
