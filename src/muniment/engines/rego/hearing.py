"""Asks rules about all objects of a graph at once, and parts what they say by the objects that it is about."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from muniment.core.graph import Graph
from muniment.engines.rego.judging import Finding, Judge
from muniment.engines.rego.listing import Layout
from muniment.engines.rego.subjects import subjects
from muniment.engines.rego.unknowns import causes_in
from muniment.languages.rego.errors import RegoEvaluationError
from muniment.languages.rego.policy import EvaluationOptions
from muniment.languages.unknown import Cause
from muniment.model.resource import Resource


class Heard(NamedTuple):
    """What rules said of a graph."""

    findings: dict[int, list[Finding]]
    """By the identity of the resource."""
    excepted: bool = False
    doubt: tuple[Cause, ...] = ()
    """Why they might have said more."""
    error: str = ""


class Hearing:
    """The answers about one graph after the other."""

    __slots__ = ("_data", "_graph", "_heard", "_judge", "_layout", "_options")

    def __init__(self, judge: Judge, layout: Layout, data: Mapping[str, Any], options: EvaluationOptions) -> None:
        self._judge = judge
        self._data = data
        self._layout = layout
        self._options = options
        self._graph: Graph | None = None
        self._heard = Heard({})

    def of(self, graph: Graph) -> Heard:
        """What the rules say of a graph; they are asked once."""
        if graph is not self._graph:
            self._graph, self._heard = graph, self._ask(graph)
        return self._heard

    def _ask(self, graph: Graph) -> Heard:
        """Objects that hold anything unknown are not shown; where rules join objects, that leaves doubt."""
        objects = [one for one in graph.resources if one.format == "kubernetes"]
        causes = {id(one): causes_in(one.attributes) for one in objects}
        shown = [one for one in objects if not causes[id(one)]]
        hidden = [cause for one in objects for cause in causes[id(one)]]
        doubt = tuple(dict.fromkeys((*graph.open, *hidden))) if self._layout.joins else ()
        try:
            answer = self._judge.ask([self._entry(one) for one in shown], self._data, self._options)
        except RegoEvaluationError as error:
            return Heard({}, error=str(error))
        found: dict[int, list[Finding]] = {}
        for finding in (*answer.failures, *answer.warnings):
            for one in subjects(finding, shown):
                found.setdefault(id(one), []).append(finding)
        return Heard(found, bool(answer.exceptions), doubt)

    def _entry(self, resource: Resource) -> Any:
        if self._layout.wrapped:
            return {"path": resource.location.path, "contents": resource.attributes}
        return resource.attributes
