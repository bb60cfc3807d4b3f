"""Functions of sets."""

from types import MappingProxyType
from typing import Any, Final

from muniment.languages.rego.signatures import operand_error
from muniment.languages.rego.values import members

Set = frozenset[Any]


def _sets(outer: Set) -> list[Set]:
    """The members of a set of sets. Raises BuiltinError for any other member."""
    inner = members(outer)
    for member in inner:
        if member.__class__ is not frozenset:
            raise operand_error(1, "set", member)
    return inner


def intersection(outer: Set) -> Set:
    """What all members of a set of sets have; nothing if there are none."""
    inner = _sets(outer)
    return frozenset.intersection(*inner) if inner else frozenset()


def union(outer: Set) -> Set:
    """What any member of a set of sets has."""
    return frozenset().union(*_sets(outer))


FUNCTIONS: Final = MappingProxyType(
    {
        "and": frozenset.intersection,
        "or": frozenset.union,
        "intersection": intersection,
        "union": union,
        "set_diff": frozenset.difference,
    }
)
