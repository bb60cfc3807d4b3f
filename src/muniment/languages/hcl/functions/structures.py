"""Functions that put collections together and take them apart without looking at members."""

from collections.abc import Iterator
from itertools import product
from math import prod
from typing import Any

from muniment.languages.hcl.convert import convert, unify
from muniment.languages.hcl.errors import HclError, limit_exceeded
from muniment.languages.hcl.function import CallContext, Function
from muniment.languages.hcl.functions.collections import is_sequence, opened
from muniment.languages.hcl.functions.signature import checked, invalid, shallow, structural, tolerant, whole
from muniment.languages.hcl.types import ANY, NUMBER, STRING, ListType, SetType, Type
from muniment.languages.hcl.values import (
    ListValue,
    MapValue,
    Marked,
    SetValue,
    identity,
    is_wholly_known,
    make_set,
    mark,
    members,
    type_of,
    unknown,
    unmark_deep,
)
from muniment.languages.unknown import OpenList, OpenMap, Unknown, merge_causes

_SETS = SetType(ANY)
_MOST = 1_000_000  # members of a product


def structure_functions() -> list[Function]:
    """The half of the collection group that moves members."""
    return [
        structural("chunklist", _chunk, ListType(ANY), NUMBER, returns=ListType(ListType(ANY))),
        Function("concat", _concat, least=1, sees_unknown=True, sees_marks=True, takes_null=False),
        structural("element", _element, ANY, NUMBER),
        structural("flatten", _flatten, ANY),
        structural("keys", _keys, ANY),
        Function("merge", _merge, sees_unknown=True, sees_marks=True),
        structural("reverse", _reverse, ANY),
        tolerant("setintersection", _intersection, ANY, rest=ANY, returns=_SETS),
        structural("setproduct", _product, ANY, ANY, rest=ANY),
        tolerant("setsubtract", _difference, ANY, ANY, returns=_SETS),
        tolerant("setunion", _union, ANY, rest=ANY, returns=_SETS),
        structural("slice", _slice, ANY, NUMBER, NUMBER),
        structural("values", _values, ANY),
        structural("zipmap", _zip_map, ListType(STRING), ANY),
    ]


def _chunk(values: Any, size: Any) -> Any:
    length = whole(size, "size")
    if length < 0:
        raise invalid(1, "the size must not be negative")
    if isinstance(values, OpenList):
        return OpenList((), values.causes)
    step = length or len(values) or 1
    return ListValue(ListValue(values[start : start + step]) for start in range(0, len(values), step))


def _concat(arguments: list[Any], context: CallContext) -> Any:
    lists, marks = shallow(arguments)
    for position, value in enumerate(lists):
        if not isinstance(value, Unknown | OpenList) and (not is_sequence(value) or isinstance(value, SetValue)):
            raise invalid(position, "a list or tuple is required")
    result = [member for value in lists if not isinstance(value, Unknown) for member in value]
    causes = merge_causes(value for value in lists if isinstance(value, Unknown | OpenList))  # type: ignore[misc]  # open collections carry causes as well
    checked(result, context)
    if causes:
        return mark(OpenList(result, causes), marks)
    if all(isinstance(value, ListValue) for value in lists):
        kind = unify(map(type_of, lists))
        if kind is not None:
            return mark(convert(ListValue(result), kind), marks)
    return mark(tuple(result), marks)


def _element(values: Any, index: Any) -> Any:
    if not is_sequence(values) or isinstance(values, SetValue):
        raise invalid(0, "a list or tuple is required")
    place = whole(index, "index")
    if isinstance(values, OpenList):
        return unknown((values,))
    if place < 0:
        raise invalid(1, "the index must not be negative")
    if not values:
        raise invalid(0, "an empty list has no elements")
    return values[place % len(values)]


def _flatten(values: Any) -> Any:
    if not is_sequence(values):
        raise invalid(0, "a list, set or tuple is required")
    marks: set[str] = set()
    unsure: list[Any] = []
    flat = list(_leaves(values, marks, unsure))
    causes = merge_causes(unsure)
    return mark(OpenList(flat, causes) if causes else tuple(flat), frozenset(marks))


def _leaves(values: Any, marks: set[str], unsure: list[Any]) -> Iterator[Any]:
    """The members that are no lists; what may be one, or may have more members, is added to `unsure`."""
    if isinstance(values, OpenList):
        unsure.append(values)
    for member in values:
        bare = member.value if isinstance(member, Marked) else member
        if is_sequence(bare):
            marks |= member.marks if isinstance(member, Marked) else set()
            yield from _leaves(bare, marks, unsure)
        elif isinstance(bare, Unknown) and not _is_single(bare):
            unsure.append(bare)
        else:
            yield member


def _is_single(value: Unknown) -> bool:
    kind = type_of(value)
    return kind is not ANY and not isinstance(kind, ListType | SetType) and type(kind).__name__ != "TupleType"


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise invalid(0, "a map or object is required")
    return value


def _keys(value: Any) -> Any:
    names = sorted(_mapping(value))
    if isinstance(value, OpenMap):
        return OpenList(names, value.causes)
    return ListValue(names) if isinstance(value, MapValue) else tuple(names)


def _values(value: Any) -> Any:
    found = [value[name] for name in sorted(_mapping(value))]
    if isinstance(value, OpenMap):
        return OpenList(found, value.causes)
    return ListValue(found) if isinstance(value, MapValue) else tuple(found)


def _merge(arguments: list[Any], _: CallContext) -> Any:
    bare, marks = shallow(arguments)
    maps = [value for value in bare if value is not None]
    result: dict[str, Any] = {}
    for position, value in enumerate(maps):
        if isinstance(value, Unknown | OpenMap):
            # What an open map may hold besides its known members may replace what stood before it.
            result = {name: Unknown(value.causes) for name in result}
        elif not isinstance(value, dict):
            raise invalid(position, "a map or object is required")
        if isinstance(value, dict):
            result.update(value)
    causes = merge_causes(value for value in maps if isinstance(value, Unknown | OpenMap))  # type: ignore[misc]  # open collections carry causes as well
    ordered = {name: result[name] for name in sorted(result)}
    if causes:
        return mark(OpenMap(ordered, causes), marks)
    return mark(MapValue(ordered) if _is_one_map_type(maps) else ordered, marks)


def _is_one_map_type(maps: list[Any]) -> bool:
    return bool(maps) and all(isinstance(value, MapValue) for value in maps) and len(set(map(type_of, maps))) == 1


def _reverse(values: Any) -> Any:
    if not is_sequence(values):
        raise invalid(0, "a list or tuple is required")
    if isinstance(values, OpenList):
        return OpenList(reversed(values), values.causes)
    return tuple(reversed(values)) if isinstance(values, tuple) else ListValue(reversed(values))


def _as_sets(sets: tuple[Any, ...]) -> tuple[list[list[Any]], Type]:
    for position, value in enumerate(sets):
        if not is_sequence(value):
            raise invalid(position, "a set is required")
    kinds = [unify(map(type_of, value)) for value in sets]
    kind = unify(one for one in kinds if one is not None)
    if kind is None or None in kinds:
        raise HclError("the sets have no type of members in common", code="invalid-argument")
    return [[convert(member, kind) for member in value] for value in sets], kind


def _union(*sets: Any) -> Any:
    converted, _ = _as_sets(sets)
    merged = make_set(member for value in converted for member in value)
    return merged if all(map(is_wholly_known, sets)) else opened(list(merged), *sets)


def _intersection(*sets: Any) -> Any:
    converted, kind = _as_sets(sets)
    if not all(map(is_wholly_known, sets)):
        return unknown(sets, SetType(kind))
    common = set.intersection(*(set(map(identity, value)) for value in converted))
    return make_set(member for member in converted[0] if identity(member) in common)


def _difference(first: Any, second: Any) -> Any:
    (kept, removed), kind = _as_sets((first, second))
    if not (is_wholly_known(first) and is_wholly_known(second)):
        return unknown((first, second), SetType(kind))
    without = set(map(identity, removed))
    return make_set(member for member in kept if identity(member) not in without)


def _product(*sets: Any) -> Any:
    for position, value in enumerate(sets):
        if not is_sequence(value):
            raise invalid(position, "a set or list is required")
    if prod(map(len, sets)) > _MOST:
        raise limit_exceeded(f"the product would have more than {_MOST} members")
    lists = [convert(value, ListType(ANY)) if isinstance(value, tuple) else value for value in sets]
    rows = list(product(*lists))
    if any(isinstance(value, OpenList) for value in lists):
        return opened(rows, *lists)
    if not any(isinstance(value, SetValue) for value in lists):
        return ListValue(rows)
    bare, marks = unmark_deep(ListValue(rows))
    return mark(make_set(bare), marks)


def _slice(values: Any, start: Any, end: Any) -> Any:
    if not is_sequence(values) or isinstance(values, SetValue):
        raise invalid(0, "a list or tuple is required")
    first, last = whole(start, "start index"), whole(end, "end index")
    if isinstance(values, OpenList):
        return OpenList((), values.causes)
    if not 0 <= first <= last:
        raise invalid(1, "the start must lie between zero and the end")
    if last > len(values):
        raise invalid(2, "the end must not lie behind the end of the list")
    part = values[first:last]
    return part if isinstance(values, tuple) else ListValue(part)


def _zip_map(keys: Any, values: Any) -> Any:
    names, marks = unmark_deep(keys)
    if not is_sequence(values) or isinstance(values, SetValue):
        raise invalid(1, "a list or tuple is required")
    if isinstance(names, OpenList) or isinstance(values, OpenList):
        return mark(OpenMap((), unknown((names, values)).causes), marks)
    if len(names) != len(values):
        raise HclError(f"there are {len(names)} keys but {len(values)} values", code="invalid-argument")
    if None in names:
        raise invalid(0, "a key must not be null")
    pairs = {key: value for key, value in zip(names, members(values), strict=True) if isinstance(key, str)}
    causes = unknown(names).causes
    if causes:
        return mark(OpenMap(pairs, causes), marks)
    ordered = {key: pairs[key] for key in sorted(pairs)}
    return mark(ordered if isinstance(values, tuple) else MapValue(ordered), marks)
