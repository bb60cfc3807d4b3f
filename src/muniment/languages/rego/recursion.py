"""Finds rules that depend on themselves."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from muniment.languages.rego.ast import Call, Ref, Scalar, Term, Var
from muniment.languages.rego.definitions import Definition
from muniment.languages.rego.documents import Node
from muniment.languages.rego.variables import refs_of, refs_of_expression

Path = tuple[str, ...]


def recursive_paths(root: Node, by_path: Mapping[Path, Sequence[Definition]]) -> list[tuple[Path, ...]]:
    """Circles of rules, each as the paths along it, the first one again at the end."""
    graph = {path: sorted(_dependencies(root, group)) for path, group in by_path.items()}
    found: list[tuple[Path, ...]] = []
    done: set[Path] = set()
    for start in graph:
        if start not in done:
            found.extend(_circles(graph, start, done))
    return found


def _circles(graph: Mapping[Path, Sequence[Path]], start: Path, done: set[Path]) -> Iterator[tuple[Path, ...]]:
    """Walks depth first without recursion; a step back onto the walk closes a circle."""
    walk: list[Path] = [start]
    waiting: list[Iterator[Path]] = [iter(graph[start])]
    on_walk = {start}
    while walk:
        step = next(waiting[-1], None)
        if step is None:
            done.add(walk[-1])
            on_walk.discard(walk.pop())
            waiting.pop()
        elif step in on_walk:
            yield (*walk[walk.index(step) :], step)
        elif step not in done:
            walk.append(step)
            on_walk.add(step)
            waiting.append(iter(graph[step]))


def _dependencies(root: Node, group: Iterable[Definition]) -> set[Path]:
    found: set[Path] = set()

    def visit(term: Ref | Call) -> None:
        if isinstance(term, Call):
            if term.operator.__class__ is tuple:
                found.add(term.operator)
        elif isinstance(term.head, Var) and term.head.name == "data":
            found.update(node.path for node in reached(root, term.path))

    for definition in group:
        _visit_definition(definition, visit)
    return {path for path in found if _exists(root, path)}


def _exists(root: Node, path: Path) -> bool:
    node: Node | None = root
    for name in path:
        node = node.children.get(name) if node else None
    return node is not None and node.kind != "none"


def _visit_definition(definition: Definition, visit: Callable[[Ref | Call], None]) -> None:
    branch: Definition | None = definition
    while branch is not None:
        for one in branch.body:
            refs_of_expression(one, visit)
        for term in (branch.value, branch.member, *branch.tail):
            if term is not None:
                refs_of(term, visit)
        branch = branch.alternative


def reached(root: Node, path: Sequence[Term]) -> Iterator[Node]:
    """The nodes with rules that a reference may read."""
    nodes = [root]
    for step in path:
        below: list[Node] = []
        for node in nodes:
            if node.kind != "none":
                yield node
            if isinstance(step, Scalar):
                child = node.children.get(step.value) if isinstance(step.value, str) else None
                below.extend([child] if child else [])
            else:
                below.extend(node.children.values())
        nodes = below
    while nodes:
        node = nodes.pop()
        if node.kind != "none":
            yield node
        nodes.extend(node.children.values())
