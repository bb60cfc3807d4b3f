"""Equality, order and membership as functions; policies mostly write them as operators."""

from types import MappingProxyType
from typing import Final

from muniment.languages.rego.values import UNDEFINED, Value, child, compare, equal, key_of


def is_member(value: Value, container: Value) -> bool:
    """Whether a set has a member, or an array or object a value; nothing else has any."""
    kind = container.__class__
    if kind is frozenset:
        return key_of(value) in container
    if kind is list:
        return any(equal(value, member) for member in container)
    if kind is dict:
        return any(equal(value, member) for member in container.values())
    return False


def is_entry(key: Value, value: Value, container: Value) -> bool:
    """Whether an array, object or set has a value under a key; the key of a member of a set is the member."""
    found = child(container, key)
    return found is not UNDEFINED and equal(found, value)


FUNCTIONS: Final = MappingProxyType(
    {
        "eq": equal,
        "assign": equal,
        "equal": equal,
        "neq": lambda a, b: not equal(a, b),
        "lt": lambda a, b: compare(a, b) < 0,
        "lte": lambda a, b: compare(a, b) <= 0,
        "gt": lambda a, b: compare(a, b) > 0,
        "gte": lambda a, b: compare(a, b) >= 0,
        "internal.member_2": is_member,
        "internal.member_3": is_entry,
    }
)
