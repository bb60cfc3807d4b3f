"""What the expressions of one judgement see: the resource, the `let` names that evaluate themselves, the element."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from muniment.core.graph import Graph
from muniment.languages.cel import Program
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


def first_scope(resource: Resource, graph: Graph, params: Mapping[str, Any]) -> dict[str, Any]:
    """The names that every policy may use, for one resource."""
    return {
        "resource": resource.attributes,
        "meta": view_meta(resource),
        "params": params,
        "settings": graph.settings,
        "anywhere": ["0.0.0.0/0", "::/0"],
        RESOURCE: resource,
        GRAPH: graph,
        JOINED: {id(resource.attributes): resource},
    }


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
