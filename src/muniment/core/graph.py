"""The resources of one root and the edges between them, indexed once, so that no join scans all pairs."""

from collections.abc import Iterable

from muniment.languages.unknown import Cause
from muniment.model.resource import Resource


class Graph:
    """All resources of one root. `open` holds the causes why there may be more than these."""

    __slots__ = ("_by_address", "_by_kind", "_incoming", "open", "resources", "settings")

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

    def of_kind(self, kind: str) -> list[Resource]:
        """Every resource of that kind, in the order of the root."""
        if self._by_kind is None:
            self._by_kind = {}
            for resource in self.resources:
                self._by_kind.setdefault(resource.kind, []).append(resource)
        return self._by_kind.get(kind, [])

    def at(self, address: str) -> list[Resource]:
        """The resources at a local address; every instance for an address that ends in `[*]`."""
        if self._by_address is None:
            self._by_address = {}
            for resource in self.resources:
                self._by_address.setdefault(resource.address, []).append(resource)
                if resource.block != resource.address:
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
        if resource.block == resource.address:
            return edges
        return edges + self._incoming.get(f"{resource.block}[*]", [])
