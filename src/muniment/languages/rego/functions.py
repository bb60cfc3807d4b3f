"""How rules that are functions are called: only those definitions that can apply, and once for each text in a query."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from muniment.languages.rego.documents import MISSING, Clause, Node
from muniment.languages.rego.query import Query
from muniment.languages.rego.values import UNDEFINED, Value, key_of

Invoke = Callable[[Query, list[Value]], Value]
_REMEMBERED: Final = 10_000
"""Answers that one query keeps, with the values of documents."""


def remembering(node: Node, invoke: Invoke) -> Invoke:
    """A function of one argument that answers for an equal text as it did before."""

    def call(query: Query, arguments: list[Value]) -> Value:
        (argument,) = arguments
        if argument.__class__ is not str:
            return invoke(query, arguments)
        key, cache = (node, argument), query.cache
        found = cache.get(key, MISSING)
        if found is MISSING:
            found = invoke(query, arguments)
            if len(cache) < _REMEMBERED:
                cache[key] = found
        return found

    return call


def dispatching(node: Node, constants: Sequence[Sequence[Value]]) -> Invoke | None:
    """The call that looks up which definitions have an argument's value; None where it would spare nothing.

    `constants` has the parameters of every definition that are known values, `UNDEFINED` for others.
    """
    for place in range(node.arity):
        known = [one[place] for one in constants]
        if len(known) > 2 and not any(value is UNDEFINED for value in known):
            return _by_value(node, place, _table(known, node.clauses))
    return None


def _table(known: Sequence[Value], clauses: Sequence[Clause]) -> Mapping[Any, tuple[Clause, ...]]:
    table: dict[Any, tuple[Clause, ...]] = {}
    for value, clause in zip(known, clauses, strict=True):
        table[key_of(value)] = (*table.get(key_of(value), ()), clause)
    return table


def _by_value(node: Node, place: int, table: Mapping[Any, tuple[Clause, ...]]) -> Invoke:
    def call(query: Query, arguments: list[Value]) -> Value:
        query.spend(1)
        return node.agreed(query, table.get(key_of(arguments[place]), ()), arguments)

    return call
