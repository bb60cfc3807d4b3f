"""Where the members of loaded containers stand, by the identity of the container."""

from typing import Any

from muniment.languages.source import Span

Mark = tuple[int, int]
"""Line and column, from 0."""
Flat = list[Any]
"""For one container: its start and end marks, then for each member its key, key mark, value mark and end mark."""


class Positions:
    """Looks up spans in the flat tables that the loader fills; nothing is computed before somebody asks."""

    __slots__ = ("_tables",)

    def __init__(self, tables: dict[int, Flat]) -> None:
        self._tables = tables

    def of(self, container: object) -> Span | None:
        """The whole container."""
        table = self._tables.get(id(container))
        return _span(table[0], table[1]) if table else None

    def key(self, container: object, key: object) -> Span | None:
        """The key of a member of a mapping; the item itself in a list."""
        table = self._tables.get(id(container))
        place = _find(table, key) if table else -1
        return _span(table[place + 1], table[place + 2]) if table and place >= 0 else None

    def value(self, container: object, key: object) -> Span | None:
        """A member from its key to the end of its value."""
        table = self._tables.get(id(container))
        place = _find(table, key) if table else -1
        return _span(table[place + 1], table[place + 3]) if table and place >= 0 else None


def _find(table: Flat, key: object) -> int:
    """The place of the last member of that key: the one that counts where a key stands twice."""
    for place in range(len(table) - 4, 1, -4):
        if table[place] == key and type(table[place]) is type(key):
            return place
    return -1


def _span(start: Mark, end: Mark) -> Span:
    return Span(start[0] + 1, start[1] + 1, end[0] + 1, end[1] + 1)
