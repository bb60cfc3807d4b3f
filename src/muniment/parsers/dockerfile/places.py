"""Where the containers of a Dockerfile's views stand."""

from muniment.languages.source import Span
from muniment.model.document import Location


class Places:
    """Places of one file, filled while its views are made."""

    __slots__ = ("_members", "_path", "_whole")

    def __init__(self, path: str) -> None:
        self._path = path
        self._whole: dict[int, Location] = {}
        self._members: dict[tuple[int, object], Location] = {}

    def at(self, span: Span) -> Location:
        """A span of the file."""
        return Location(self._path, span.line, span.column, span.end_line, span.end_column)

    def line(self, number: int) -> Location:
        """A line of the file."""
        return Location(self._path, number)

    def put(self, container: object, location: Location, key: object = None) -> None:
        """Notes the place of a container, or of a member of it."""
        if key is None:
            self._whole[id(container)] = location
        else:
            self._members[id(container), key] = location

    def locate(self, container: object, key: object = None) -> Location | None:
        """The place of a member, which without one of its own has its container's; None for what was not written."""
        if key is None:
            return self._whole.get(id(container))
        return self._members.get((id(container), key)) or self._whole.get(id(container))
