"""Resources for tests of the native engine."""

from typing import Any

from muniment.model.document import Location
from muniment.model.resource import Resource


class NoPlaces:
    """Positions of values that stand nowhere."""

    def locate(self, container: object, key: object = None) -> Location | None:
        """Nothing has a place."""
        del container, key


def pod(**attributes: Any) -> Resource:
    """A pod with some attributes."""
    return Resource(
        kind="Pod",
        address="Pod/default/a",
        root="a.yaml",
        name="a",
        format="kubernetes",
        attributes=attributes,
        location=Location("a.yaml", 1),
        positions=NoPlaces(),
    )
