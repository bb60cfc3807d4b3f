"""Places of YAML values as Locations of the file that holds them, for every format that is written in YAML."""

from muniment.languages.source import Span
from muniment.languages.yaml import Positions
from muniment.model.derived import Derived
from muniment.model.document import Document, Location


class YamlPlaces:
    """Finds where the members of a loaded YAML document stand in its file."""

    __slots__ = ("_document", "_positions")

    def __init__(self, document: Document, positions: Positions) -> None:
        self._document = document
        self._positions = positions

    def locate(self, container: object, key: object = None) -> Location | None:
        """The place of a member from its key on, or of the whole container; None if it is not written there."""
        positions = self._positions
        span = positions.of(container) if key is None else positions.value(container, key)
        return span_location(self._document, span) if span else None


def span_location(document: Document, span: Span) -> Location:
    """A span of a document's text as a Location; for a derived text, the place that it was derived from."""
    if isinstance(document, Derived):
        return document.place(span.line)
    return Location(document.path, span.line, span.column, span.end_line, span.end_column)


def line_location(document: Document, line: int, column: int = 1) -> Location:
    """A line of a document's text as a Location."""
    return span_location(document, Span(line, column, 0, 0))
