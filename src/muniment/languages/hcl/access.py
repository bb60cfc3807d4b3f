"""Attributes and members of values: `value.name`, `value[key]`."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from muniment.languages.hcl.convert import to_number, to_string
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.nodes import Step
from muniment.languages.hcl.types import ANY, CollectionType, ObjectType, TupleType, Type, describe
from muniment.languages.hcl.values import MapValue, Marked, SetValue, mark, type_of, unknown
from muniment.languages.unknown import OpenList, OpenMap, Unknown


def follow(value: Any, steps: Iterable[Step]) -> Any:
    """The value behind a series of attribute names and literal indexes; raises HclError where one does not exist."""
    for step in steps:
        value = get_attribute(value, step) if isinstance(step, str) else get_index(value, step.value)
    return value


def get_attribute(value: Any, name: str) -> Any:
    """`value.name`; raises HclError."""
    if isinstance(value, dict):
        return value[name] if name in value else _absent(value, name)
    if isinstance(value, Marked):
        return mark(get_attribute(value.value, name), value.marks)
    if isinstance(value, Unknown):
        return Unknown(value.causes, _member_type(value, name))
    if value is None:
        raise HclError(f'null has no attribute "{name}"')
    hint = "name a member by its index first" if isinstance(value, tuple | list) else ""
    raise HclError(f'{describe(type_of(value))} has no attribute "{name}"', hint=hint)


def _absent(value: dict[str, Any], name: str) -> Any:
    if isinstance(value, OpenMap):
        return Unknown(value.causes)
    if isinstance(value, MapValue):
        raise HclError(f'the map has no element "{name}"')
    raise HclError(f'the object has no attribute "{name}"')


def _member_type(value: Unknown, key: Any) -> Type:
    kind = value.type
    if isinstance(kind, CollectionType):
        return kind.element
    if isinstance(kind, ObjectType) and isinstance(key, str):
        if key not in kind.attributes:
            raise HclError(f'the object has no attribute "{key}"')
        return kind.attributes[key]
    if isinstance(kind, TupleType) and isinstance(key, int) and 0 <= key < len(kind.elements):
        return kind.elements[key]
    return ANY


def get_index(value: Any, key: Any) -> Any:
    """`value[key]`; raises HclError."""
    if isinstance(value, Marked):
        return mark(get_index(value.value, key), value.marks)
    if isinstance(key, Marked):
        member = get_index(value, key.value)
        # Which attribute of an object is read shows in its type: Terraform does not hide it.
        return member if type(value) is dict else mark(member, key.marks)
    if value is None:
        raise HclError("null has no members")
    if key is None:
        raise HclError("the index is null")
    if isinstance(value, Unknown):
        return unknown((value, key), _member_type(value, key))
    if isinstance(value, dict):
        return unknown((value, key)) if isinstance(key, Unknown) else get_attribute(value, to_string(key))
    if isinstance(value, SetValue):
        raise HclError("members of a set have no index", hint="convert it with tolist")
    if isinstance(value, tuple | list):
        return _member(value, key)
    raise HclError(f"{describe(type_of(value))} has no members")


def _member(value: Any, key: Any) -> Any:
    if isinstance(key, Unknown) or isinstance(value, OpenList):
        return unknown((value, key))
    index = to_number(key)
    if isinstance(index, Decimal):
        raise HclError("the index of a member is a whole number")
    if index < 0:
        raise HclError("the index of a member is not negative")
    if index >= len(value):
        raise HclError(f"there is no member {index}: the collection has {len(value)}")
    return value[index]
