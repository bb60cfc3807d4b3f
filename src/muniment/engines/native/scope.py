"""What the expressions of one judgement see: the resource, the `let` names that evaluate themselves, the element."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from muniment.core.graph import Graph
from muniment.engines.native.reads import Paths
from muniment.languages.cel import Program
from muniment.languages.unknown import Unknown
from muniment.model.resource import Resource

RESOURCE: Final = "@resource"
GRAPH: Final = "@graph"
JOINED: Final = "@joined"
"""Scope keys of scoped functions: the judged Resource, the Graph, and the dict of Resources that joins have given."""

Observe = Callable[[Any, Any, Any], None]


class Scope(dict[str, Any]):
    """The names of one judgement. A `let` name is evaluated when first read and kept.

    `observe`, where set, is told every read of the `let` names too; such a scope is for explaining a verdict.
    """

    __slots__ = ("_lets", "_observe")

    def __init__(self, values: Mapping[str, Any], lets: Mapping[str, Program], observe: Observe | None = None) -> None:
        super().__init__(values)
        self._lets = lets
        self._observe = observe

    def __missing__(self, name: str) -> Any:
        program = self._lets[name]
        value = program.evaluate(self) if self._observe is None else program.trace(self, self._observe)
        self[name] = value
        return value


class ElementScope(Scope):
    """The scope of one element: `let` names that do not depend on the element are its parent's, evaluated once."""

    __slots__ = ("_own", "_parent")

    def __init__(
        self,
        values: Mapping[str, Any],
        parent: Scope,
        own: Mapping[str, Program],
        observe: Observe | None = None,
    ) -> None:
        super().__init__(values, own, observe)
        self._parent = parent

    def __missing__(self, name: str) -> Any:
        if name in self._lets:
            return super().__missing__(name)
        return self._parent[name]


class Subject:
    """One resource as every policy sees it, and what was found out about it on the way."""

    __slots__ = ("_names", "_paths", "answers", "graph", "joined", "resource")

    def __init__(self, resource: Resource, graph: Graph) -> None:
        self.resource = resource
        self.graph = graph
        self.joined: dict[int, Resource] = {id(resource.attributes): resource}
        self.answers: dict[str, bool | Unknown] = {}
        """What `applies` texts say of it."""
        self._paths: Paths | None = None
        self._names = {
            "resource": resource.attributes,
            "meta": view_meta(resource),
            "settings": graph.settings,
            "anywhere": ["0.0.0.0/0", "::/0"],
            RESOURCE: resource,
            GRAPH: graph,
            JOINED: self.joined,
        }

    def names(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """The names that a policy may use."""
        return {**self._names, "params": params}

    def paths(self) -> Paths:
        """The paths of everything that was read so far."""
        if self._paths is None:
            self._paths = Paths(self.resource)
        self._paths.add(self.joined.values())
        return self._paths


class Subjects:
    """The subject of the resource that is being judged: policies take their turns at one resource after the other."""

    __slots__ = ("_latest",)

    def __init__(self) -> None:
        self._latest: Subject | None = None

    def of(self, resource: Resource, graph: Graph) -> Subject:
        """The subject of a resource, made once for all policies that judge it in a row."""
        latest = self._latest
        if latest is None or latest.resource is not resource or latest.graph is not graph:
            latest = self._latest = Subject(resource, graph)
        return latest


def view_meta(resource: Resource) -> dict[str, Any]:
    """`meta` of a resource: what every format has, and what its own format adds."""
    return {
        "kind": resource.kind,
        "address": resource.address,
        "name": resource.name,
        "root": resource.root,
        "format": resource.format,
        **resource.meta,
    }


def resource_of(scope: Mapping[str, Any], view: object) -> Resource | None:
    """The Resource whose attributes an expression holds: the judged one, or one that a join gave."""
    joined: dict[int, Resource] = scope[JOINED]
    return joined.get(id(view))


def show_joined(scope: Mapping[str, Any], resource: Resource) -> dict[str, Any]:
    """The view of another resource, remembered so that its places and kind can be found again."""
    scope[JOINED][id(resource.attributes)] = resource
    return resource.attributes
