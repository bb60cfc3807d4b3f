"""Where planned values stand: in the configuration that made them, where it is at hand, else in the plan."""

from typing import Any

from muniment.languages.json_source import Path, Positions
from muniment.languages.source import Span
from muniment.model.document import Location
from muniment.model.resource import Resource
from muniment.parsers.terraform.plans.views import Sources


class PlanPlaces:
    """Finds places by the identity of the view's containers, and tells the history of their values."""

    __slots__ = ("_document", "_joined", "_positions", "_sources")

    def __init__(self, document: str, positions: Positions, sources: Sources, joined: Resource | None) -> None:
        self._document = document
        self._positions = positions
        self._sources = sources
        self._joined = joined

    def locate(self, container: object, key: object = None) -> Location | None:
        """The place of a member, or of the whole container."""
        path, beside = self._sources.get(id(container), (None, container))
        if self._joined is not None:
            found = self._joined.positions.locate(beside, key) if beside is not None else None
            return self._joined.location if found is None and path is not None and key is None else found
        return self._in_plan(path, key) if path is not None else None

    def trace(self, container: object, key: object) -> tuple[tuple[str, Location | None], ...]:
        """The history that the configuration tells of a member."""
        _, beside = self._sources.get(id(container), (None, container))
        origins = self._joined.origins if self._joined is not None else None
        return origins.trace(beside, key) if origins is not None and beside is not None else ()

    def _in_plan(self, path: Path, key: object) -> Location | None:
        span = self._positions.of(path) if key is None else self._positions.value((*path, _step(key)))
        return place(self._document, span) if span else None


def _step(key: Any) -> str | int:
    return key if isinstance(key, int) else str(key)


def place(document: str, span: Span) -> Location:
    """A span of a plan as a Location."""
    return Location(document, span.line, span.column, span.end_line, span.end_column)
