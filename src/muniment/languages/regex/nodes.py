"""The tree of a regular expression: what the parser builds and the translator and the automata read."""

from typing import NamedTuple, TypeAlias

Ranges: TypeAlias = tuple[tuple[int, int], ...]
"""A set of code points: sorted stretches that neither touch nor overlap, both ends inclusive."""


class Literal(NamedTuple):
    """A run of characters; with `fold` each also matches what Unicode's simple folding makes equal."""

    text: str
    fold: bool


class Class(NamedTuple):
    """One character of a set."""

    ranges: Ranges


class Assertion(NamedTuple):
    """A place of no width: `text-start`, `text-end`, `line-start`, `line-end`, `word` or `no-word`."""

    kind: str


class Group(NamedTuple):
    """A capture, counted from 1."""

    number: int
    body: "Node"


class Concat(NamedTuple):
    """Items one after the other; none is the empty match."""

    items: "tuple[Node, ...]"


class Alternation(NamedTuple):
    """Branches in order of preference."""

    branches: "tuple[Node, ...]"


class Repeat(NamedTuple):
    """A body from `low` to `high` times; `high` is -1 where there is no upper bound."""

    body: "Node"
    low: int
    high: int
    greedy: bool


Node: TypeAlias = Literal | Class | Assertion | Group | Concat | Alternation | Repeat
EMPTY = Concat(())


def may_be_empty(node: Node) -> bool:
    """Whether `node` matches without reading a character."""
    if isinstance(node, Literal | Class):
        return False
    if isinstance(node, Concat):
        return all(map(may_be_empty, node.items))
    if isinstance(node, Alternation):
        return any(map(may_be_empty, node.branches))
    if isinstance(node, Repeat):
        return node.low == 0 or may_be_empty(node.body)
    return isinstance(node, Assertion) or may_be_empty(node.body)
