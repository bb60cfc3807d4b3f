"""The resources of one root and the edges between them, indexed once, so that no join scans all pairs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from muniment.languages.unknown import Cause, OpenList, OpenMap, Unknown
from muniment.model.resource import Resource


class Holding(NamedTuple):
    """What the resources of one kind hold at one attribute."""

    by_text: Mapping[str, Sequence[Resource]]
    unsure: Sequence[tuple[Resource, tuple[Cause, ...]]]
    """Those that hold something that is not known, with the causes."""


class Graph:
    """All resources of one root. `open` holds the causes why there may be more than these."""

    __slots__ = ("_by_address", "_by_kind", "_holdings", "_incoming", "open", "resources", "settings")

    def __init__(
        self,
        resources: Iterable[Resource],
        *,
        open: tuple[Cause, ...] = (),  # noqa: A002  the field's word for it
        settings: dict[str, object] | None = None,
    ) -> None:
        self.resources = tuple(resources)
        self.open = open
        self.settings = settings or {}
        """What the run was told about the environment, such as `kubernetes.version`."""
        self._by_kind: dict[str, list[Resource]] | None = None
        self._by_address: dict[str, list[Resource]] | None = None
        self._incoming: dict[str, list[tuple[str, str, Resource]]] | None = None
        self._holdings: dict[tuple[str, str], Holding] = {}

    def of_kind(self, kind: str) -> list[Resource]:
        """Every resource of that kind, in the order of the root."""
        if self._by_kind is None:
            self._by_kind = {}
            for resource in self.resources:
                self._by_kind.setdefault(resource.kind, []).append(resource)
        return self._by_kind.get(kind, [])

    def holding(self, kind: str, attribute: str) -> Holding:
        """Which resources of a kind hold which texts at a dotted attribute."""
        found = self._holdings.get((kind, attribute))
        if found is None:
            found = self._holdings[kind, attribute] = _holding(self.of_kind(kind), attribute)
        return found

    def at(self, address: str) -> list[Resource]:
        """The resources at a local address; every instance for an address that ends in `[*]`."""
        if self._by_address is None:
            self._by_address = {}
            for resource in self.resources:
                self._by_address.setdefault(resource.address, []).append(resource)
                if resource.address not in {resource.block, f"{resource.block}[*]"}:
                    self._by_address.setdefault(f"{resource.block}[*]", []).append(resource)
        return self._by_address.get(address, [])

    def referring(self, resource: Resource) -> list[tuple[str, str, Resource]]:
        """(attribute path, attribute read, other resource) of every edge that points at this resource."""
        if self._incoming is None:
            self._incoming = {}
            for other in self.resources:
                for path, target, attribute in other.references:
                    self._incoming.setdefault(target, []).append((path, attribute, other))
        edges = self._incoming.get(resource.address, [])
        if resource.address in {resource.block, f"{resource.block}[*]"}:
            return edges
        return edges + self._incoming.get(f"{resource.block}[*]", [])


def leaves(resource: Resource, attribute: str) -> Iterator[Any]:
    """Every value at a dotted attribute, through all blocks and list members on the way."""
    values: list[Any] = [resource.attributes]
    for step in attribute.split("."):
        values = [
            _member(member, step)
            for value in values
            for member in _members(value)
            if isinstance(member, dict | Unknown)
        ]
    for value in values:
        yield from _members(value)


def _members(value: Any) -> Sequence[Any]:
    """The members of a list, with an unknown one where there may be more of them; of anything else, itself."""
    if isinstance(value, OpenList):
        return [*value, Unknown(value.causes)]
    return value if isinstance(value, list) else (value,)


def _member(container: Any, step: str) -> Any:
    """A member of a map; of one that may hold more than is known, what is absent is unknown."""
    if isinstance(container, Unknown):
        return container
    found = container.get(step)
    return Unknown(container.causes) if isinstance(container, OpenMap) and step not in container else found


def _holding(resources: Iterable[Resource], attribute: str) -> Holding:
    by_text: dict[str, dict[int, Resource]] = {}
    unsure = []
    for resource in resources:
        causes: dict[Cause, None] = {}
        for value in leaves(resource, attribute):
            if isinstance(value, str):
                by_text.setdefault(value, {})[id(resource)] = resource
            elif isinstance(value, Unknown):
                causes.update(dict.fromkeys(value.causes))
        if causes:
            unsure.append((resource, tuple(causes)))
    return Holding({text: tuple(held.values()) for text, held in by_text.items()}, unsure)
