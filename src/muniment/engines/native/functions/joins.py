"""Joins: other resources of the root that point here, that this one points at, or that are of a kind.

A join that finds nothing is an open list where something of the root could not be read, or where another
resource's reference cannot be told: absence proves nothing there.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from muniment.core.graph import Graph, leaves
from muniment.engines.native.scope import GRAPH, RESOURCE, resource_of, show_joined, view_meta
from muniment.languages.cel import CelEvaluationError, Function
from muniment.languages.unknown import Cause, OpenList, Unknown
from muniment.model.resource import Resource

Scope = Mapping[str, Any]


def _related(scope: Scope, *arguments: Any) -> list[Any]:
    """`related(kind, attribute[, via])`, of the judged resource or, with a view in front, of another."""
    view, (kind, attribute, *via) = _subject(scope, arguments)
    resource = resource_of(scope, view)
    graph: Graph = scope[GRAPH]
    if resource is None:
        return []
    found = _pointing(graph, resource, kind, attribute, via[0] if via else "")
    causes = _doubts(graph, resource, kind, attribute) if not found else ()
    members = [show_joined(scope, other) for other in found]
    return OpenList(members, causes) if causes else members


def _subject(scope: Scope, arguments: tuple[Any, ...]) -> tuple[Any, list[str]]:
    if isinstance(arguments[0], str):
        return scope[RESOURCE].attributes, list(arguments)
    return arguments[0], list(arguments[1:])


def _pointing(graph: Graph, resource: Resource, kind: str, attribute: str, via: str) -> list[Resource]:
    """The resources of `kind` whose `attribute` refers to this one, or holds the same identifying text."""
    found: dict[int, Resource] = {}
    for path, read, other in graph.referring(resource):
        if other.kind == kind and _within(path, attribute) and (not via or not read or read == via):
            found[id(other)] = other
    by_text = graph.holding(kind, attribute).by_text
    for name in _identities(resource, attribute, via):
        for other in by_text.get(name, ()):
            if other is not resource and not _refers(graph, other, attribute, resource.kind):
                found[id(other)] = other
    return [other for other in graph.of_kind(kind) if id(other) in found] if len(found) > 1 else list(found.values())


def _refers(graph: Graph, other: Resource, attribute: str, kind: str) -> bool:
    """Whether an attribute refers to a resource of a kind: then no equal text makes it point at another."""
    targets = (reference.target for reference in other.references if _within(reference.path, attribute))
    return any(found.kind == kind for target in targets for found in graph.at(target))


def _within(path: str, attribute: str) -> bool:
    return path == attribute or path.startswith(f"{attribute}.")


def _identities(resource: Resource, attribute: str, via: str) -> frozenset[str]:
    """The texts by which this resource is named in others: one attribute, or those that usually identify."""
    keys = (via,) if via else (attribute.rpartition(".")[2], "id", "arn", "name")
    values = (resource.attributes.get(key) for key in keys)
    return frozenset(value for value in values if isinstance(value, str) and value)


def _doubts(graph: Graph, resource: Resource, kind: str, attribute: str) -> tuple[Cause, ...]:
    """Why there may be such a resource although none was found."""
    causes = list(graph.open)
    answered = resource.meta.get("answered")
    if answered is not None and kind not in answered:
        causes.append(Cause("unmapped", kind))
    for other, unknown in graph.holding(kind, attribute).unsure:
        if other is not resource and not any(_within(reference.path, attribute) for reference in other.references):
            causes.extend(unknown)
    return tuple(dict.fromkeys(causes))


def _target(scope: Scope, *arguments: Any) -> Any:
    """`target("attribute")`: the resource that an attribute points at; null for a literal; unknown outside."""
    view, (attribute, *_) = _subject(scope, arguments)
    resource = resource_of(scope, view)
    graph: Graph = scope[GRAPH]
    if resource is None:
        return None
    for reference in resource.references:
        if _within(reference.path, attribute):
            found = graph.at(reference.target)
            if len(found) == 1:
                return show_joined(scope, found[0])
            return Unknown((Cause("existence" if not found else "instance", reference.target),))
    value = next(leaves(resource, attribute), None)
    if isinstance(value, Unknown):
        return Unknown(value.causes)
    return _named(scope, graph, value)


def _named(scope: Scope, graph: Graph, value: Any) -> Any:
    """The resource that a literal names by an identifying attribute that is written out; null if there is none."""
    if not isinstance(value, str):
        return None
    for other in graph.resources:
        if value in (other.attributes.get("arn"), other.attributes.get("id"), other.attributes.get("name")):
            return show_joined(scope, other)
    return None


def _siblings(scope: Scope, kind: str, attribute: str = "", value: Any = None) -> list[Any]:
    """Every resource of a kind in this root, or those that hold a text at a dotted attribute.

    Open where something of the root could not be read, or where what one of them holds there is not known.
    """
    graph: Graph = scope[GRAPH]
    own, causes = scope[RESOURCE], list(graph.open)
    found: Iterable[Resource] = graph.of_kind(kind)
    if attribute:
        if value is not None and not isinstance(value, str):
            raise CelEvaluationError(f"siblings() looks for a text, not for {type(value).__name__}")
        holding = graph.holding(kind, attribute)
        found = holding.by_text.get(value, ()) if value is not None else ()
        causes += [cause for other, unknown in holding.unsure if other is not own for cause in unknown]
    members = [show_joined(scope, other) for other in found if other is not own]
    return OpenList(members, tuple(dict.fromkeys(causes))) if causes else members


def _referrers(scope: Scope) -> list[Any]:
    """Every resource with an attribute that refers to this one, open where something could not be read."""
    graph: Graph = scope[GRAPH]
    found = {id(other): other for _, _, other in graph.referring(scope[RESOURCE])}
    members = [show_joined(scope, other) for other in found.values()]
    return OpenList(members, graph.open) if graph.open else members


def _kind_of(scope: Scope, view: Any) -> str | None:
    resource = resource_of(scope, view)
    return resource.kind if resource else None


def _address_of(scope: Scope, view: Any) -> str | None:
    resource = resource_of(scope, view)
    return resource.address if resource else None


def _meta_of(scope: Scope, view: Any) -> Any:
    resource = resource_of(scope, view)
    return view_meta(resource) if resource else None


FUNCTIONS: Final = (
    Function("related", _related, scoped=True),
    Function("target", _target, scoped=True),
    Function("siblings", _siblings, scoped=True),
    Function("referrers", _referrers, scoped=True),
    Function("kindOf", _kind_of, scoped=True),
    Function("addressOf", _address_of, scoped=True),
    Function("metaOf", _meta_of, scoped=True),
)
