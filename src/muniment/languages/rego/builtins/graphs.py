"""Graphs as objects of neighbours, and all places within a value."""

from collections import deque
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any, Final

from muniment.languages.rego.builtins.aggregates import listed
from muniment.languages.rego.signatures import QueryContext
from muniment.languages.rego.values import Value, entries, key_of, make_set, members

Graph = dict[Any, Value]


def _neighbours(edges: Value) -> list[Value]:
    return listed(edges) if edges.__class__ in {list, frozenset} else []


def reachable(graph: Graph, initial: Value) -> frozenset[Any]:
    """The nodes of the graph that paths from some nodes lead to, those nodes included."""
    reached: set[Any] = set()
    queue = deque(map(key_of, listed(initial)))
    while queue:
        node = queue.popleft()
        if node in graph and node not in reached:
            reached.add(node)
            queue.extend(map(key_of, _neighbours(graph[node])))
    return frozenset(reached)


def reachable_paths(context: QueryContext, graph: Graph, initial: Value) -> frozenset[Any]:
    """The paths from some nodes to where the graph ends or comes back to a node of the path."""
    paths: list[list[Value]] = []
    stack: list[tuple[list[Value], Value, frozenset[Any]]] = [
        ([], node, frozenset()) for node in listed(initial) if key_of(node) in graph
    ]
    while stack:
        path, node, seen = stack.pop()
        key = key_of(node)
        following = _neighbours(graph[key]) if key in graph and key not in seen else None
        if following:
            stack += [([*path, node], neighbour, seen | {key}) for neighbour in following]
        else:
            paths.append(path if following is None else [*path, node])
        context.allow_items(len(paths) + len(stack))
    return make_set(paths)


def walk(value: Value) -> Iterator[list[Value]]:
    """Every path into a value with what stands there, the value itself first."""
    stack: list[tuple[list[Value], Value]] = [([], value)]
    while stack:
        path, found = stack.pop()
        yield [path, found]
        kind = found.__class__
        if kind is dict:
            inner = [([*path, key], member) for key, member in entries(found)]
        elif kind is list:
            inner = [([*path, index], member) for index, member in enumerate(found)]
        elif kind is frozenset:
            inner = [([*path, member], member) for member in members(found)]
        else:
            continue
        stack += reversed(inner)


FUNCTIONS: Final = MappingProxyType(
    {"graph.reachable": reachable, "graph.reachable_paths": reachable_paths, "walk": walk}
)
