"""Where the attributes of a view stand in the template that they were read from."""

from collections.abc import Mapping
from typing import Any

from muniment.languages.source import Span
from muniment.model.document import Location
from muniment.parsers.cloudformation.source import Places
from muniment.parsers.cloudformation.views import Origin


class TemplatePlaces:
    """Leads from a view's containers to the evaluated ones, from these to the written ones, and from there to lines."""

    __slots__ = ("_fallback", "_path", "_places", "_views", "_written")

    def __init__(
        self,
        path: str,
        places: Places,
        views: Mapping[int, tuple[Any, Origin, dict[Any, Origin]]],
        written: Mapping[int, tuple[Any, Any]],
        fallback: Location,
    ) -> None:
        self._path = path
        self._places = places
        self._views = views
        self._written = written
        self._fallback = fallback

    def locate(self, container: object, key: object = None) -> Location | None:
        """The place of a member, or of the whole container; the resource's own where it was read from all of it."""
        view = self._views.get(id(container))
        if view is None:
            return self._of(container, key)
        _, origin, members = view
        if key is None:
            return self._of(*origin) or self._fallback
        return self._of(*members[key]) if key in members else None

    def _of(self, container: object, key: object) -> Location | None:
        _, raw = self._written.get(id(container), (None, container))
        span = self._places.find(raw, key)
        return location(self._path, span) if span else None


def location(path: str, span: Span) -> Location:
    """A span of a template as a Location."""
    return Location(path, span.line, span.column, span.end_line, span.end_column)
