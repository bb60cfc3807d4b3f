"""The resources of one root as policies with connections see them: types, views, and who refers to whom."""

from collections.abc import Iterator
from typing import Final

from muniment.core.graph import Graph
from muniment.engines.checkov_yaml.answers import doubts
from muniment.engines.checkov_yaml.kinds import Types, type_of
from muniment.engines.checkov_yaml.trees import Subject
from muniment.engines.checkov_yaml.view import view_of
from muniment.languages.unknown import Cause
from muniment.model.resource import Resource

_OUTPUT: Final = "terraform.output"
_UNTOLD: Final = frozenset({"module", "module-not-available"})
"""Causes of a value that may be a reference which cannot be followed."""
_FOLLOWED: Final = "terraform"
"""Beginning of the formats whose references are known."""


class Net:
    """One root; what is asked twice is made once."""

    __slots__ = ("_edges", "_subjects", "graph", "resources")

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.resources = [resource for resource in graph.resources if type_of(resource)]
        self._subjects: dict[int, Subject] = {}
        self._edges: list[tuple[Resource, Resource]] | None = None

    def subject(self, resource: Resource) -> Subject:
        """A resource with its view. Raises OperandError for one with too many values."""
        found = self._subjects.get(id(resource))
        if found is None:
            found = self._subjects[id(resource)] = Subject(type_of(resource), view_of(resource))
        return found

    def of(self, types: Types) -> list[Resource]:
        """The resources of some types."""
        return [resource for resource in self.resources if types.match(type_of(resource))]

    def edges(self) -> list[tuple[Resource, Resource]]:
        """Every reference, through the output of a module where one is on the way."""
        if self._edges is None:
            self._edges = [
                (resource, target)
                for resource in self.resources
                for reference in resource.references
                for target in self._targets(reference.target)
            ]
        return self._edges

    def untold(self, resource: Resource) -> tuple[Cause, ...]:
        """Why a resource may have connections that nobody sees; empty if it has none."""
        if not resource.format.startswith(_FOLLOWED):
            return (Cause("format", f"references of {resource.format} are not followed"),)
        own = (cause for cause in doubts(resource.attributes) if cause.kind in _UNTOLD)
        return tuple(dict.fromkeys((*self.graph.open, *own)))

    def _targets(self, address: str) -> Iterator[Resource]:
        for target in self.graph.at(address):
            if target.kind == _OUTPUT:
                yield from (end for one in target.references[:1] for end in self.graph.at(one.target))
            else:
                yield target
