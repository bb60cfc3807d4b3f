"""Answers a tree that asks whether resources are connected: over a whole root at once, for both ends.

Attributes say which resources are fit, and a connection to an unfit one is as bad as none. The steps are Checkov's,
and so are the answers; only where it guesses from what it could not read, the answer here is unknown.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from muniment.engines.checkov_yaml.answers import Answer
from muniment.engines.checkov_yaml.definition import Connection, Filter, Node, Tree, joins, types_of
from muniment.engines.checkov_yaml.net import Net
from muniment.engines.checkov_yaml.trees import RESOURCE_TYPE, Question, compile_tree, passes
from muniment.languages.unknown import Cause, Unknown
from muniment.model.resource import Resource

Members = dict[int, Resource]
Doubts = dict[int, tuple[Cause, ...]]


class Sorted(NamedTuple):
    """Resources by what is said of them, by identity; one may stand under several heads until a tree is through."""

    passed: Members
    failed: Members
    unknown: Doubts

    def add(self, other: "Sorted") -> None:
        """Takes over what another part says."""
        self.passed.update(other.passed)
        self.failed.update(other.failed)
        self.unknown.update(other.unknown)


Solve = Callable[[Net, Sorted], Sorted]
"""What a part says of a root, when some of its resources are unfit or unknown already."""


def compile_connections(node: Node, *, strict: bool) -> Callable[[Net], Mapping[int, Answer]]:
    """A tree with connections: its answers for the resources of a root, by their identity."""
    solve = _part(node, strict=strict)

    def answers(net: Net) -> Mapping[int, Answer]:
        found = solve(net, _nothing())
        return {
            **dict.fromkeys(found.passed, True),
            **{key: Unknown(causes) for key, causes in found.unknown.items()},
            **dict.fromkeys(found.failed, False),
        }

    return answers


def _nothing() -> Sorted:
    return Sorted({}, {}, {})


def _part(node: Node, *, strict: bool) -> Solve:
    if isinstance(node, Connection):
        return _connection(node)
    if not isinstance(node, Tree) or not joins(node):
        return _attributes(compile_tree(node, strict=strict))
    filters = [child for child in node.children if isinstance(child, Filter)]
    others = [child for child in node.children if not isinstance(child, Filter)]
    plain = [_part(child, strict=strict) for child in others if not joins(child)]
    joined = [_part(child, strict=strict) for child in _filtered_last(others, filters)]
    whole = _every if node.operator == "and" else _some
    return lambda net, _before: _keep(whole(net, plain, joined), filters, net)


def _filtered_last(nodes: Iterable[Node], filters: Iterable[Filter]) -> list[Node]:
    """Connections in order, those with a type that a filter names last: they see what the others found unfit."""
    named = [name for one in filters if one.attribute == RESOURCE_TYPE for name in one.values]

    def filtered(node: Node) -> bool:
        types = types_of(node)
        return any(types.match(str(name)) for name in named)

    return sorted((node for node in nodes if joins(node)), key=filtered)


def _attributes(question: Question) -> Solve:
    def solve(net: Net, _before: Sorted) -> Sorted:
        found = _nothing()
        for resource in net.of(question.types):
            answer = question.ask(net.subject(resource))
            if isinstance(answer, Unknown):
                found.unknown[id(resource)] = answer.causes
            else:
                (found.passed if answer else found.failed)[id(resource)] = resource
        return found

    return solve


def _every(net: Net, plain: Iterable[Solve], joined: Iterable[Solve]) -> Sorted:
    """What fails one part fails; what passes all that say something of it passes."""
    found = _nothing()
    for solve in plain:
        found.add(solve(net, found))
    for solve in joined:
        found.add(solve(net, Sorted({}, dict(found.failed), dict(found.unknown))))
    unknown = {key: causes for key, causes in found.unknown.items() if key not in found.failed}
    return Sorted(_without(found.passed, found.failed, unknown), found.failed, unknown)


def _some(net: Net, plain: Iterable[Solve], joined: Iterable[Solve]) -> Sorted:
    """What passes one part passes."""
    found = _nothing()
    for solve in (*plain, *joined):
        found.add(solve(net, _nothing()))
    unknown = {key: causes for key, causes in found.unknown.items() if key not in found.passed}
    return Sorted(found.passed, _without(found.failed, found.passed, unknown), unknown)


def _without(members: Members, *others: Mapping[int, object]) -> Members:
    return {key: one for key, one in members.items() if not any(key in other for other in others)}


def _keep(found: Sorted, filters: Iterable[Filter], net: Net) -> Sorted:
    """What the filters let through; a filter that cannot be told makes unknown."""
    for one in filters:
        kept = {id(resource): passes(one, net.subject(resource)) for resource in net.resources}
        doubtful = {key: answer.causes for key, answer in kept.items() if isinstance(answer, Unknown)}
        sure = {key for key, answer in kept.items() if answer is True}
        said = {*found.passed, *found.failed, *found.unknown}
        unknown = {key: causes for key, causes in found.unknown.items() if key in sure}
        found = Sorted(
            {key: member for key, member in found.passed.items() if key in sure},
            {key: member for key, member in found.failed.items() if key in sure},
            unknown | {key: causes for key, causes in doubtful.items() if key in said},
        )
    return found


def _connection(node: Connection) -> Solve:
    finish: Final = {"exists": _exists, "not_exists": _not_exists, "one_exists": _one_exists}[node.operator]

    def solve(net: Net, before: Sorted) -> Sorted:
        found = _nothing()
        left = {id(resource): resource for resource in net.of(node.types)}
        right = {id(resource): resource for resource in net.of(node.connected)}
        for one, other in net.edges() if left and right else ():
            opposite = right if id(one) in left else left if id(one) in right else {}
            if id(other) in opposite:
                _connect(one, other, before, found)
        apart = _without({**left, **right}, found.passed, found.failed, found.unknown)
        return finish(found, *_told(apart, net))

    return solve


def _connect(one: Resource, other: Resource, before: Sorted, found: Sorted) -> None:
    ends = {id(one): one, id(other): other}
    if before.failed.keys() & ends.keys():
        found.failed.update(ends)
    elif doubtful := before.unknown.keys() & ends.keys():
        causes = tuple(dict.fromkeys(cause for key in sorted(doubtful) for cause in before.unknown[key]))
        found.unknown.update(dict.fromkeys(ends, causes))
    else:
        found.passed.update(ends)


def _told(apart: Members, net: Net) -> tuple[Members, Doubts]:
    """Resources without a connection: those that certainly have none, and those of which that cannot be told."""
    causes = {key: net.untold(resource) for key, resource in apart.items()}
    return {key: one for key, one in apart.items() if not causes[key]}, {key: why for key, why in causes.items() if why}


def _exists(found: Sorted, apart: Members, untold: Doubts) -> Sorted:
    return Sorted(found.passed, {**found.failed, **apart}, {**found.unknown, **untold})


def _not_exists(found: Sorted, apart: Members, untold: Doubts) -> Sorted:
    return Sorted({**found.failed, **apart}, found.passed, {**found.unknown, **untold})


def _one_exists(found: Sorted, apart: Members, untold: Doubts) -> Sorted:
    """One good connection is enough, whatever others there are."""
    unknown = {key: causes for key, causes in found.unknown.items() if key not in found.passed}
    return Sorted(found.passed, {**_without(found.failed, found.passed), **apart}, {**unknown, **untold})
