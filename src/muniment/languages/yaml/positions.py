"""Where the members of loaded containers stand, by the identity of the container."""

import re
from typing import Any, Final

from muniment.languages.source import LineIndex, Span
from muniment.languages.yaml.blocks import content_line

Table = list[Any]
"""For one container: the container, its start and its end, then for each member of a mapping its key, the key's start
and end, and the value's end; for each item of a list its start and end. Places are offsets of characters."""
FIRST: Final = 3
"""Index of the first member in a table."""
MEMBER: Final = 4
_ITEM: Final = 2
_MANY: Final = 32
"""Members from which on a table is worth an index."""
_BEFORE_VALUE: Final = re.compile(r"\s*:\s*")
_PROPERTIES: Final = re.compile(r"(?:[&!]\S*\s+)*")


class Positions:
    """Looks up spans in the tables that the loader fills; nothing is computed before somebody asks."""

    __slots__ = ("_first", "_index", "_indexes", "_lines", "_tables")

    def __init__(self, tables: dict[int, Table], index: LineIndex, first: int = 0) -> None:
        self._tables = tables
        self._index = index
        self._first = first
        self._indexes: dict[int, dict[str, int]] = {}
        self._lines: list[str] = []

    def of(self, container: object) -> Span | None:
        """The whole container."""
        table = self._table(container)
        return self._span(table[1], table[2]) if table else None

    def key(self, container: object, key: object) -> Span | None:
        """The key of a member of a mapping; the item itself in a list."""
        table, place = self._member(container, key)
        return self._span(table[place], table[place + 1]) if place else None

    def value(self, container: object, key: object) -> Span | None:
        """A member from its key to the end of its value."""
        table, place = self._member(container, key)
        last = place + (2 if isinstance(container, dict) else 1)
        return self._span(table[place], table[last]) if place else None

    def text_line(self, container: object, key: object, line: int) -> int | None:
        """The line of the file that holds line `line` (from 1) of the text that is a member's value."""
        table, place = self._member(container, key)
        if not place:
            return None
        text, start = self._index.text, self._first + table[place]
        if isinstance(container, dict):
            colon = _BEFORE_VALUE.match(text, self._first + table[place + 1])
            start = colon.end() if colon else start
        properties = _PROPERTIES.match(text, start)
        start = properties.end() if properties else start
        first = self._index.position(start)[0]
        self._lines = self._lines or text.split("\n")
        return content_line(self._lines, first - 1, text[start : start + 1], line) + 1

    def _table(self, container: object) -> Table | None:
        table = self._tables.get(id(container))
        return table if table and table[0] is container else None

    def _member(self, container: object, key: object) -> tuple[Table, int]:
        """The table of a container and the place of a member's first mark in it; 0 if there is none."""
        table = self._table(container)
        if table is None:
            return [], 0
        if isinstance(container, dict):
            return table, self._find(table, key) + 1 if isinstance(key, str) else 0
        place = FIRST + _ITEM * key if type(key) is int and key >= 0 else 0
        return table, place if place < len(table) else 0

    def _find(self, table: Table, key: str) -> int:
        """The place of a key; -1 if it is not there."""
        if len(table) < FIRST + MEMBER * _MANY:
            keys = table[FIRST::MEMBER]
            return FIRST + MEMBER * keys.index(key) if key in keys else -1
        index = self._indexes.get(id(table))
        if index is None:
            index = {key: FIRST + MEMBER * place for place, key in enumerate(table[FIRST::MEMBER])}
            self._indexes[id(table)] = index
        return index.get(key, -1)

    def _span(self, start: int, end: int) -> Span:
        text, start, end = self._index.text, self._first + start, self._first + end
        if end > start and text[end - 1] == "\n":
            # A block scalar ends, to the parser, where the next line starts: blank lines behind it are not its own.
            end = start + len(text[start:end].rstrip())
        return self._index.span(start, end)
