"""HCL's values as Python values, and what holds for all of them: marks, numbers, equality, sets, the plain form.

A string is a `str` in NFC, a number an `int` when it is integral and a `Decimal` otherwise, never a float; null is
`None`; a tuple is a `tuple`, an object a `dict`. Lists, sets and maps have classes of their own, since HCL tells
them from tuples and objects. Unknown values and open collections are those of `languages.unknown`.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final
from unicodedata import normalize

from muniment.languages.hcl.errors import limit_exceeded
from muniment.languages.hcl.types import (
    ANY,
    BOOL,
    NUMBER,
    STRING,
    ListType,
    MapType,
    ObjectType,
    SetType,
    TupleType,
    Type,
)
from muniment.languages.source import Limits
from muniment.languages.unknown import OpenList, OpenMap, PartialString, Unknown, merge_causes

SENSITIVE = "sensitive"
EPHEMERAL = "ephemeral"

_LARGEST = 4000  # digits of a number before or after the point; Python prints at most 4300
_NO_MARKS: frozenset[str] = frozenset()
_SCALARS: Final = frozenset({str, int, bool, type(None)})


class ListValue(list[Any]):
    """A list: members of one type."""

    __slots__ = ()


class SetValue(list[Any]):
    """A set: distinct members of one type in canonical order; build it with `make_set`."""

    __slots__ = ()


class MapValue(dict[str, Any]):
    """A map: values of one type."""

    __slots__ = ()


class Marked:
    """A value with `marks`, such as `sensitive`; operations unwrap it and wrap their result again."""

    __slots__ = ("marks", "value")

    def __init__(self, value: Any, marks: frozenset[str]) -> None:
        self.value = value
        self.marks = marks

    def __repr__(self) -> str:
        return f"Marked({', '.join(sorted(self.marks))})"


def mark(value: Any, marks: frozenset[str]) -> Any:
    """The value with `marks` added to those that it has."""
    if not marks:
        return value
    if isinstance(value, Marked):
        return Marked(value.value, value.marks | marks)
    return Marked(value, marks)


def unmark(value: Any) -> tuple[Any, frozenset[str]]:
    """The value without its own marks, and these; marks of members stay where they are."""
    return (value.value, value.marks) if isinstance(value, Marked) else (value, _NO_MARKS)


def unmark_deep(value: Any) -> tuple[Any, frozenset[str]]:
    """The value without any marks, and the union of its own and all its members' marks."""
    found: set[str] = set()
    return _strip(value, found), frozenset(found)


def _strip(value: Any, found: set[str]) -> Any:
    if isinstance(value, Marked):
        found |= value.marks
        value = value.value
    if isinstance(value, tuple | list | dict):
        return rebuild(value, [_strip(member, found) for member in members(value)]) if value else value
    return value


def deep_marks(value: Any) -> frozenset[str]:
    """The union of a value's own and all its members' marks."""
    marks = _NO_MARKS
    if isinstance(value, Marked):
        marks = value.marks
        value = value.value
    if isinstance(value, tuple | list | dict):
        for member in members(value):
            marks |= deep_marks(member)
    return marks


def members(value: Any) -> list[Any]:
    """The members of a collection, or the values of a map or object, in order."""
    return list(value.values()) if isinstance(value, dict) else list(value)


def rebuild(value: Any, new: list[Any]) -> Any:
    """A collection of the same kind and keys as `value` with other members; a set stays as ordered as it was."""
    if isinstance(value, OpenMap):
        return OpenMap(zip(value, new, strict=True), value.causes)
    if isinstance(value, OpenList):
        return OpenList(new, value.causes)
    if isinstance(value, MapValue):
        return MapValue(zip(value, new, strict=True))
    if isinstance(value, dict):
        return dict(zip(value, new, strict=True))
    return type(value)(new)


def is_wholly_known(value: Any) -> bool:
    """Whether neither the value nor any of its members, however deep, is unknown or open."""
    if isinstance(value, Marked):
        value = value.value
    if isinstance(value, Unknown | OpenList | OpenMap):
        return False
    return all(map(is_wholly_known, members(value))) if isinstance(value, tuple | list | dict) else True


def check_size(value: Any, limits: Limits) -> None:
    """Raises HclError for a value that holds too many members or nests too deeply, shared ones counted each time."""
    count, level = 0, [value]
    for _ in range(limits.depth):
        inner: list[Any] = []
        for item in level:
            member = item.value if isinstance(item, Marked) else item
            if isinstance(member, tuple | list | dict):
                count += len(member)
                if count > limits.items:
                    raise limit_exceeded(f"the value has more than {limits.items} members")
                within = member.values() if isinstance(member, dict) else member
                inner.extend([part for part in within if type(part) not in _SCALARS])
        if not inner:
            return
        level = inner
    raise limit_exceeded(f"the value is nested deeper than {limits.depth} levels")


def unknown_parts(value: Any) -> Iterator[Unknown | OpenList | OpenMap]:
    """Every unknown value and open collection in `value`, in order."""
    if isinstance(value, Marked):
        value = value.value
    if isinstance(value, Unknown | OpenList | OpenMap):
        yield value
    if isinstance(value, tuple | list | dict):
        for member in members(value):
            yield from unknown_parts(member)


def unknown(sources: Iterable[Any], kind: Type = ANY) -> Unknown:
    """An unknown value of the type `kind` for all the causes found in `sources`."""
    return Unknown(merge_causes(part for source in sources for part in unknown_parts(source)), kind)  # type: ignore[misc]  # open collections carry causes as well


def nfc(text: str) -> str:
    """The text in Unicode's normal form C, which all strings of HCL have."""
    return text if text.isascii() else normalize("NFC", text)


def number(value: Decimal) -> int | Decimal:
    """The canonical form of a number: an `int` when it is integral; raises HclError beyond 4000 digits."""
    if not value.is_finite():
        return value
    if abs(value.adjusted()) > _LARGEST:
        if not value:
            return 0
        raise limit_exceeded("number is too large or too small to compute with")
    return int(value) if value == value.to_integral_value() else value


def to_text(value: float | Decimal) -> str:
    """A number without exponent and without trailing zeros."""
    if isinstance(value, Decimal):
        if value.is_infinite():
            return "Inf" if value > 0 else "-Inf"
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def type_of(value: Any) -> Type:
    """The type of a value; `any` where nothing is known of it, as for null and for members of an empty list."""
    if isinstance(value, Marked):
        value = value.value
    if isinstance(value, str):
        return STRING
    if isinstance(value, bool):
        return BOOL
    if isinstance(value, int | Decimal):
        return NUMBER
    if isinstance(value, PartialString):
        return STRING
    if isinstance(value, Unknown):
        return value.type if isinstance(value.type, Type) else ANY
    return _collection_type(value)


def _collection_type(value: Any) -> Type:
    if isinstance(value, OpenList):
        return ListType(_first_type(value))
    if isinstance(value, SetValue):
        return SetType(_first_type(value))
    if isinstance(value, list):
        return ListType(_first_type(value))
    if isinstance(value, OpenMap | MapValue):
        return MapType(_first_type(value.values()))
    if isinstance(value, tuple):
        return TupleType(tuple(map(type_of, value)))
    if isinstance(value, dict):
        return ObjectType({name: type_of(member) for name, member in value.items()})
    return ANY


def _first_type(values: Iterable[Any]) -> Type:
    for value in values:
        kind = type_of(value)
        if kind is not ANY:
            return kind
    return ANY


def identity(value: Any) -> Any:
    """A hashable key that two known values share exactly when they are equal and of one type."""
    if isinstance(value, Marked):
        value = value.value
    if isinstance(value, Unknown):
        return ("unknown", id(value))
    if isinstance(value, dict):
        kind = "map" if isinstance(value, MapValue | OpenMap) else "object"
        return (kind, *((key, identity(value[key])) for key in sorted(value)))
    if isinstance(value, tuple | list):
        kind = "tuple" if isinstance(value, tuple) else "set" if isinstance(value, SetValue) else "list"
        return (kind, *map(identity, value))
    return (type(value).__name__, value)


def sort_key(value: Any) -> tuple[Any, ...]:
    """A key for the canonical order of a set: primitives by value, other members by their text, null last."""
    if isinstance(value, Marked):
        value = value.value
    if isinstance(value, bool):
        return (1, value)
    if isinstance(value, int | Decimal):
        return (2, value)
    if isinstance(value, str):
        return (3, value)
    return (5,) if value is None else (6,) if isinstance(value, Unknown) else (4, _ordinal(value))


def _ordinal(value: Any) -> str:
    """The text by which members that are no primitives are ordered; only what comes first matters of it."""
    if isinstance(value, Marked):
        value = value.value
    if value is None or isinstance(value, Unknown):
        return "~" if value is None else "?"
    if isinstance(value, MapValue):
        return "{" + "".join(f"{_ordinal(key)}:{_ordinal(value[key])};" for key in sorted(value)) + "}"
    if isinstance(value, dict):
        return "<" + "".join(f"{_ordinal(value[key])};" for key in sorted(value)) + ">"
    if isinstance(value, tuple | list):
        start, end = "<>" if isinstance(value, tuple) else "[]"
        return start + "".join(f"{_ordinal(member)};" for member in value) + end
    if isinstance(value, bool):
        return "T" if value else "F"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    try:
        return format(float(value), ".10g")
    except OverflowError:
        return format(Decimal(value), ".10g")


def make_set(values: Iterable[Any]) -> SetValue:
    """The set of values of one type; unknown members are kept, since nobody can say whom they equal."""
    return SetValue(sorted({identity(value): value for value in values}.values(), key=sort_key))


def equal(left: Any, right: Any) -> bool | Unknown:
    """Whether two values are equal in HCL's sense: of one type and the same; unknown where that cannot be told."""
    undecided: list[Any] = []
    return False if not _equal(left, right, undecided) else unknown(undecided, BOOL) if undecided else True


def _equal(left: Any, right: Any, undecided: list[Any]) -> bool:
    if isinstance(left, Marked):
        left = left.value
    if isinstance(right, Marked):
        right = right.value
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return _unknown_equal(left, right, undecided)
    if isinstance(left, dict) and isinstance(right, dict):
        return _dict_equal(left, right, undecided)
    if isinstance(left, tuple | list) and isinstance(right, tuple | list):
        return _list_equal(left, right, undecided)
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return type_of(left) == type_of(right) and bool(left == right)


def _unknown_equal(left: Any, right: Any, undecided: list[Any]) -> bool:
    for partial, other in ((left, right), (right, left)):
        if isinstance(partial, PartialString) and isinstance(other, str):
            fits = other.startswith(partial.prefix) and other.endswith(partial.suffix)
            if not fits or len(other) < len(partial.prefix) + len(partial.suffix) * (len(partial.parts) > 1):
                return False
    undecided.extend(side for side in (left, right) if isinstance(side, Unknown))
    return True


def _dict_equal(left: dict[str, Any], right: dict[str, Any], undecided: list[Any]) -> bool:
    is_open = [side for side in (left, right) if isinstance(side, OpenMap)]
    if not is_open and isinstance(left, MapValue) != isinstance(right, MapValue):
        return False
    for side, other in ((left, right), (right, left)):
        if not isinstance(other, OpenMap) and any(key not in other for key in side):
            return False
    undecided.extend(is_open)
    return all(_equal(left[key], right[key], undecided) for key in left if key in right)


def _list_equal(left: Any, right: Any, undecided: list[Any]) -> bool:
    is_open = [side for side in (left, right) if isinstance(side, OpenList)]
    if is_open:
        undecided.extend(is_open)
        return all(
            len(side) <= len(other) for side, other in ((left, right), (right, left)) if not isinstance(other, OpenList)
        )
    if type(left) is not type(right):
        return False
    if isinstance(left, SetValue) and not (is_wholly_known(left) and is_wholly_known(right)):
        undecided.extend((left, right))
        return True
    return len(left) == len(right) and all(_equal(a, b, undecided) for a, b in zip(left, right, strict=True))


def plain(value: Any) -> Any:
    """The value as policies read it: lists, dicts, ints and floats, without marks; unknown and open values stay."""
    if isinstance(value, Marked):
        value = value.value
    if isinstance(value, OpenMap):
        return OpenMap(((key, plain(member)) for key, member in value.items()), value.causes)
    if isinstance(value, OpenList):
        return OpenList(map(plain, value), value.causes)
    if isinstance(value, dict):
        return {key: plain(member) for key, member in value.items()}
    if isinstance(value, SetValue) and len(value) > 1 and any(isinstance(member, Unknown) for member in value):
        # Unknown members may turn out to equal others: how many there are cannot be told.
        return OpenList(map(plain, value), unknown((value,)).causes)
    if isinstance(value, tuple | list):
        return [plain(member) for member in value]
    return float(value) if isinstance(value, Decimal) else value


def marked_paths(value: Any, wanted: str = SENSITIVE, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The paths, in the plain form, of the values that carry the mark `wanted`; nothing below such a path."""
    if isinstance(value, Marked):
        if wanted in value.marks:
            return [at]
        value = value.value
    if isinstance(value, dict):
        return [path for key, member in value.items() for path in marked_paths(member, wanted, (*at, key))]
    if isinstance(value, tuple | list):
        return [path for i, member in enumerate(value) for path in marked_paths(member, wanted, (*at, i))]
    return []
