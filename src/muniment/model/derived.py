"""Documents that a program derived from others, and the way back from their lines to what people wrote."""

from typing import Final, NamedTuple

from muniment.model.document import Document, Location


class Origin(NamedTuple):
    """Where a line of a derived text comes from. `line` 0: somewhere in the file."""

    path: str
    line: int = 0
    exact: bool = False


_NOWHERE: Final = Origin("")


class Derived(Document):
    """A rendered text; `lines` has the origin of each of its lines, `path` is the file that most of it comes from.

    `unstable` are the lines that came out differently when the text was made again: what they say is not known.
    """

    __slots__ = ("_lines", "unstable")

    def __init__(
        self,
        path: str,
        data: bytes,
        *,
        origin: str,
        lines: tuple[Origin, ...],
        unstable: frozenset[int] = frozenset(),
    ) -> None:
        super().__init__(path, data, origin=origin)
        self._lines = lines
        self.unstable = unstable

    def place(self, line: int) -> Location:
        """Where line `line` (from 1) of the text was written, as well as it is known."""
        source = self._lines[line - 1] if 0 < line <= len(self._lines) else _NOWHERE
        return Location(source.path or self.path, source.line or 1, exact=source.exact)
