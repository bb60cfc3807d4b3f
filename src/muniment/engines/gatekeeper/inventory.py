"""`data.inventory`: the objects that a template may look up beside the one that it judges."""

from collections.abc import Mapping
from typing import Any

from muniment.engines.gatekeeper.manifests import kind_of, name_of, namespace_of
from muniment.languages.unknown import Cause


class Inventory:
    """Objects by scope, group and version, kind and name; the later of two objects with one name counts."""

    __slots__ = ("data", "namespaces", "open")

    def __init__(self, open: tuple[Cause, ...] = ()) -> None:  # noqa: A002  the graph's word for it
        self.open = open
        """Why there may be more objects than these."""
        self.data: dict[str, Any] = {}
        """`cluster[groupVersion][kind][name]` and `namespace[ns][groupVersion][kind][name]`."""
        self.namespaces: dict[str, Mapping[str, Any]] = {}
        """The Namespace objects by their names."""

    def add(self, value: Mapping[str, Any], *, namespace: str = "") -> None:
        """Adds an object; `namespace` where it is known better than the object says."""
        kind, name = kind_of(value), name_of(value)
        if not kind.version or not kind.kind:
            return
        space = namespace or namespace_of(value)
        path = ("namespace", space) if space else ("cluster",)
        place = self.data
        for step in (*path, kind.api_version, kind.kind):
            place = place.setdefault(step, {})
        place[name] = value
        if kind.kind == "Namespace" and not kind.group:
            self.namespaces[name] = value
