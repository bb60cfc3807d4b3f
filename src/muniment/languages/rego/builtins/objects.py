"""Functions of objects."""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Any, Final

from muniment.languages.rego.signatures import BuiltinError
from muniment.languages.rego.values import UNDEFINED, Value, child, equal, key_of

Object = dict[Any, Value]


def _keys(wanted: Value) -> frozenset[Any]:
    """The keys that an array or set lists, or that an object has."""
    if wanted.__class__ is list:
        return frozenset(map(key_of, wanted))
    return frozenset(wanted)


def keep(document: Object, wanted: Value) -> Object:
    """The object with the wanted keys only."""
    keys = _keys(wanted)
    return {key: value for key, value in document.items() if key in keys}


def remove(document: Object, unwanted: Value) -> Object:
    """The object without some keys."""
    keys = _keys(unwanted)
    return {key: value for key, value in document.items() if key not in keys}


def get(document: Object, key: Value, default: Value) -> Value:
    """The value under a key, or at the path that an array is; `default` where there is none."""
    found: Value = document
    for step in key if key.__class__ is list else (key,):
        found = child(found, step)
        if found is UNDEFINED:
            return default
    return found


def union(first: Object, second: Object) -> Object:
    """Both objects in one: the second counts, except that objects under one key are joined."""
    merged = dict(first)
    for key, value in second.items():
        known = merged.get(key)
        both = known.__class__ is dict and value.__class__ is dict
        merged[key] = union(known, value) if both else value  # type: ignore[arg-type]  # both are objects
    return merged


def union_all(documents: Iterable[Object]) -> Object:
    """All objects in one, later ones over earlier ones."""
    merged: Object = {}
    for document in documents:
        merged = union(merged, document)
    return merged


def is_subset(whole: Value, part: Value) -> bool:
    """Whether an object, set or array holds another one; an array holds the members of a set in any order."""
    kinds = (whole.__class__, part.__class__)
    if kinds == (dict, dict):
        return all(key in whole and _holds(whole[key], value) for key, value in part.items())
    if kinds == (frozenset, frozenset):
        return bool(part <= whole)
    if kinds == (list, list):
        return _is_stretch(whole, part)
    if kinds == (list, frozenset):
        return bool(part <= frozenset(map(key_of, whole)))
    message = "both arguments object.subset must be of the same type or array and set"
    raise BuiltinError(message, code="eval_type_error")


def _holds(whole: Value, part: Value) -> bool:
    if whole.__class__ is part.__class__ and whole.__class__ in {dict, frozenset, list}:
        return is_subset(whole, part)
    return equal(whole, part)


def _is_stretch(whole: list[Value], part: list[Value]) -> bool:
    """Whether the members of an array stand in another one, one behind the other."""
    return any(equal(whole[at : at + len(part)], part) for at in range(len(whole) - len(part) + 1))


FUNCTIONS: Final = MappingProxyType(
    {
        "object.filter": keep,
        "object.get": get,
        "object.keys": frozenset,
        "object.remove": remove,
        "object.subset": is_subset,
        "object.union": union,
        "object.union_n": union_all,
    }
)
