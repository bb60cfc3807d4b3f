"""Places of a workflow's values and of the views that are made of them."""

from muniment.languages.yaml import Positions
from muniment.model.document import Document, Location
from muniment.parsers.yaml_places import YamlPlaces


class ActionPlaces:
    """A view has the places of the mapping that it shows; what was computed has the place that it was computed from."""

    __slots__ = ("_computed", "_lines", "_shown", "_yaml")

    def __init__(self, document: Document, positions: Positions, text: str) -> None:
        self._yaml = YamlPlaces(document, positions)
        self._lines = text.split("\n")
        self._computed: dict[int, Location] = {}
        self._shown: dict[int, object] = {}

    def show(self, view: object, raw: object) -> None:
        """`view` stands where `raw` stands, members of the same name included."""
        self._shown[id(view)] = raw

    def put(self, container: object, location: Location | None) -> None:
        """Notes where a computed container comes from."""
        if location is not None:
            self._computed[id(container)] = location

    def locate(self, container: object, key: object = None) -> Location | None:
        """The place of a member or of a whole container; a computed one has one place for all its members."""
        computed = self._computed.get(id(container))
        return computed or self._yaml.locate(self._shown.get(id(container), container), key)

    def find(self, container: object, key: object, needle: str) -> Location | None:
        """The line of a member in which `needle` stands; the member's place if it is not written there as it is."""
        place = self.locate(container, key)
        if place is None:
            return None
        first = needle.split("\n", 1)[0]
        for number in range(place.line, max(place.end_line, place.line) + 1):
            at = self._lines[number - 1].find(first) if number <= len(self._lines) else -1
            if at >= 0:
                return Location(place.path, number, at + 1, number, at + 1 + len(first))
        return place
