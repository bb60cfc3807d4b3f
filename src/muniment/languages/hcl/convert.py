"""Conversion of values to types and the search for a type that several values have in common."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.types import (
    ANY,
    BOOL,
    STRING,
    CollectionType,
    ListType,
    MapType,
    ObjectType,
    PrimitiveType,
    SetType,
    TupleType,
    Type,
    describe,
)
from muniment.languages.hcl.values import (
    ListValue,
    MapValue,
    Marked,
    SetValue,
    make_set,
    mark,
    members,
    number,
    rebuild,
    to_text,
    type_of,
    unmark_deep,
)
from muniment.languages.unknown import OpenList, OpenMap, PartialString, Unknown, merge_causes

_BOOLS: Final = {"true": True, "1": True, "false": False, "0": False}
_NUMERIC: Final = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,9})?"


def convert(value: Any, kind: Type) -> Any:
    """The value as one of the type `kind`; null and unknown convert to anything; raises HclError where it cannot be."""
    if isinstance(value, Marked):
        return mark(convert(value.value, kind), value.marks)
    if value is None or kind is ANY:
        return value
    if isinstance(value, Unknown):
        return _convert_unknown(value, kind)
    if isinstance(kind, PrimitiveType):
        return _convert_primitive(value, kind)
    if isinstance(kind, ListType | SetType):
        return _convert_sequence(value, kind)
    if isinstance(kind, MapType):
        return _convert_map(value, kind)
    if isinstance(kind, TupleType):
        return _convert_tuple(value, kind)
    if isinstance(kind, ObjectType):
        return _convert_object(value, kind)
    raise _mismatch(value, kind)


def _mismatch(value: Any, kind: Type) -> HclError:
    return HclError(f"{describe(type_of(value))} cannot be converted to {describe(kind)}", code="invalid-type")


def _convert_unknown(value: Unknown, kind: Type) -> Unknown:
    if kind is STRING and isinstance(value, PartialString):
        return value
    return Unknown(value.causes, kind)


def _convert_primitive(value: Any, kind: PrimitiveType) -> Any:
    if kind.name == "string":
        return to_string(value)
    if kind.name == "number":
        return to_number(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in _BOOLS:
        return _BOOLS[value]
    raise _mismatch(value, kind)


def to_string(value: Any) -> str:
    """A known primitive as text; raises HclError for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return to_text(value)
    raise HclError(f"string required, but the value is {describe(type_of(value))}", code="invalid-type")


def to_number(value: Any) -> int | Decimal:
    """A number, or the number that a string spells in decimal; raises HclError for anything else."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and re.fullmatch(_NUMERIC, value):
        return number(Decimal(value))
    raise HclError("a number is required", code="invalid-type")


def _convert_sequence(value: Any, kind: CollectionType) -> Any:
    if not isinstance(value, tuple | list):
        raise _mismatch(value, kind)
    element = kind.element
    if element is ANY and not isinstance(value, ListValue | SetValue):
        element = _common(value)
    converted = _convert_members(value, element)
    if isinstance(value, OpenList):
        return OpenList(converted, value.causes)
    if isinstance(kind, ListType):
        return ListValue(converted)
    # A set has no place for the marks of one member: equal members become one.
    unmarked, marks = unmark_deep(converted)
    return mark(make_set(unmarked), marks)


def _common(values: Iterable[Any]) -> Type:
    element = unify(map(type_of, values))
    if element is None:
        raise HclError("the members have no type in common", code="invalid-type")
    return element


def _convert_members(value: Any, element: Type) -> list[Any]:
    return [convert(member, element) for member in members(value)]


def _convert_map(value: Any, kind: MapType) -> Any:
    if not isinstance(value, dict):
        raise _mismatch(value, kind)
    element = kind.element
    if element is ANY and not isinstance(value, MapValue):
        element = _common(value.values())
    converted = _convert_members(value, element)
    if isinstance(value, OpenMap):
        return rebuild(value, converted)
    return MapValue(zip(value, converted, strict=True))


def _convert_tuple(value: Any, kind: TupleType) -> Any:
    if isinstance(value, OpenList):
        return Unknown(merge_causes([Unknown(value.causes)]), kind)
    if not isinstance(value, tuple | list):
        raise _mismatch(value, kind)
    if len(value) != len(kind.elements):
        raise HclError(f"a tuple of {len(kind.elements)} members is required, not {len(value)}", code="invalid-type")
    return tuple(map(convert, value, kind.elements))


def _convert_object(value: Any, kind: ObjectType) -> Any:
    if not isinstance(value, dict):
        raise _mismatch(value, kind)
    result: dict[str, Any] = {}
    for name, wanted in kind.attributes.items():
        member = value.get(name)
        if member is None and name in kind.optional:
            member = kind.optional[name]
        elif member is None and name not in value:
            if not isinstance(value, OpenMap):
                raise HclError(f'attribute "{name}" is required', code="invalid-type")
            member = Unknown(value.causes)
        try:
            result[name] = convert(member, wanted)
        except HclError as error:
            raise HclError(f'attribute "{name}": {error.diagnostic.message}', code="invalid-type") from error
    return result


def unify(types: Iterable[Type]) -> Type | None:
    """The type to which values of all the given types convert, None when there is none, `any` for no types at all.

    Strings take numbers and bools; tuples of one length stay tuples, others become lists; objects of the same
    attributes stay objects, others become maps. Types that have nothing in common but for one that is not known yet
    leave open what becomes of them.
    """
    given = dict.fromkeys(types)
    distinct = [kind for kind in given if kind is not ANY]
    if len(distinct) < 2:
        return distinct[0] if distinct else ANY
    common = _unify_distinct(distinct)
    return ANY if common is None and ANY in given else common


def _unify_distinct(distinct: list[Type]) -> Type | None:
    if all(isinstance(kind, PrimitiveType) for kind in distinct):
        return STRING if STRING in distinct else None
    if all(isinstance(kind, ObjectType | MapType) for kind in distinct):
        return _unify_mappings(distinct)
    if all(isinstance(kind, TupleType | ListType | SetType) for kind in distinct):
        return _unify_sequences(distinct)
    return None


def _unify_mappings(types: list[Type]) -> Type | None:
    objects = [kind for kind in types if isinstance(kind, ObjectType)]
    if len(objects) == len(types) and len({frozenset(kind.attributes) for kind in objects}) == 1:
        merged = {name: unify(kind.attributes[name] for kind in objects) for name in objects[0].attributes}
        known = {name: kind for name, kind in merged.items() if kind is not None}
        return ObjectType(known) if len(known) == len(merged) else None
    elements = [kind.element for kind in types if isinstance(kind, MapType)]
    element = unify([*elements, *(member for kind in objects for member in kind.attributes.values())])
    return None if element is None else MapType(element)


def _unify_sequences(types: list[Type]) -> Type | None:
    tuples = [kind for kind in types if isinstance(kind, TupleType)]
    if len(tuples) == len(types) and len({len(kind.elements) for kind in tuples}) == 1:
        columns = [unify(column) for column in zip(*(kind.elements for kind in tuples), strict=True)]
        known = tuple(column for column in columns if column is not None)
        return TupleType(known) if len(known) == len(columns) else None
    elements = [kind.element for kind in types if isinstance(kind, CollectionType)]
    element = unify([*elements, *(member for kind in tuples for member in kind.elements)])
    if element is None:
        return None
    return SetType(element) if all(isinstance(kind, SetType) for kind in types) else ListType(element)


def as_bool(value: Any) -> bool:
    """A known value as a bool, converting strings that spell one; raises HclError for anything else."""
    if value is True or value is False:
        return value
    return bool(_convert_primitive(value, BOOL))
