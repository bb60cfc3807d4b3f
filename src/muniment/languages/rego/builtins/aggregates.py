"""Functions of a whole collection: how many, how much, the least, the greatest, in order."""

from collections.abc import Callable
from functools import reduce
from types import MappingProxyType
from typing import Final

from muniment.languages.rego.builtins.arithmetic import Number, multiply, plus, whole
from muniment.languages.rego.values import UNDEFINED, Value, compare, members, ordered


def listed(collection: Value) -> list[Value]:
    """The members of an array as they stand, those of a set in order."""
    return members(collection) if collection.__class__ is frozenset else collection


def count(collection: Value) -> int:
    """How many members, keys or code points there are."""
    return len(collection)


def _total(step: Callable[[Number, Number], Number], start: Number) -> Callable[[Value], Number]:
    """A sum or product: exact where all members are whole, else rounded at each step."""

    def total(collection: Value) -> Number:
        numbers: list[Number] = listed(collection)
        exact = [known for number in numbers if (known := whole(number)) is not None]
        return reduce(step, exact if len(exact) == len(numbers) else numbers, start)

    return total


def greatest(collection: Value) -> Value:
    """The last of Rego's order; of nothing, undefined."""
    return reduce(lambda a, b: a if compare(a, b) > 0 else b, listed(collection)) if collection else UNDEFINED


def least(collection: Value) -> Value:
    """The first of Rego's order; of nothing, undefined."""
    return reduce(lambda a, b: a if compare(a, b) < 0 else b, listed(collection)) if collection else UNDEFINED


def sort(collection: Value) -> list[Value]:
    """The members in Rego's order."""
    return members(collection) if collection.__class__ is frozenset else ordered(collection)


def all_true(collection: Value) -> bool:
    """Whether every member is true."""
    return all(member is True for member in listed(collection))


def any_true(collection: Value) -> bool:
    """Whether a member is true."""
    return any(member is True for member in listed(collection))


FUNCTIONS: Final = MappingProxyType(
    {
        "count": count,
        "sum": _total(plus, 0),
        "product": _total(multiply, 1),
        "max": greatest,
        "min": least,
        "sort": sort,
        "all": all_true,
        "any": any_true,
    }
)
