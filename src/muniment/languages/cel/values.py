"""CEL's values as Python values, their types, and equality and order between them.

int, float, bool, str, bytes, None, list or tuple and dict stand for themselves; unsigned integers, times, optionals
and types have classes of their own. A boolean key of a map is kept under an object of its own, since Python holds
True and 1 for one key.
"""

from collections.abc import Iterable, Iterator
from functools import cmp_to_key
from typing import Any, Final

from muniment.languages.cel.errors import CelEvaluationError
from muniment.languages.source import Limits
from muniment.languages.unknown import OpenList, OpenMap, PartialString, Unknown, merge_causes

LEAST: Final = -(2**63)
MOST: Final = 2**63 - 1
MOST_UNSIGNED: Final = 2**64 - 1


class Uint(int):
    """An unsigned integer."""

    __slots__ = ()


class Timestamp:
    """An instant: nanoseconds since 1970-01-01T00:00:00Z."""

    __slots__ = ("ns",)

    def __init__(self, ns: int) -> None:
        self.ns = ns

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Timestamp) and self.ns == other.ns

    def __hash__(self) -> int:
        return hash(("timestamp", self.ns))


class Duration:
    """A span of time in nanoseconds."""

    __slots__ = ("ns",)

    def __init__(self, ns: int) -> None:
        self.ns = ns

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Duration) and self.ns == other.ns

    def __hash__(self) -> int:
        return hash(("duration", self.ns))


class Optional:
    """A value or nothing."""

    __slots__ = ("present", "value")

    def __init__(self, value: Any = None, *, present: bool = True) -> None:
        self.value = value
        self.present = present


NONE: Final = Optional(present=False)


class TypeValue:
    """A type as a value; `name` is what the specification calls it."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TypeValue) and self.name == other.name

    def __hash__(self) -> int:
        return hash(("type", self.name))


class Message(dict[str, Any]):
    """What `Object.spec{field: value}` makes: a map that remembers the name of its type."""

    __slots__ = ("cel_type",)

    def __init__(self, cel_type: str, fields: dict[str, Any]) -> None:
        super().__init__(fields)
        self.cel_type = cel_type


class BoolKey:
    """A boolean as a key of a map."""

    __slots__ = ("value",)

    def __init__(self, value: bool) -> None:  # noqa: FBT001  it stands for one
        self.value = value


TRUE_KEY: Final = BoolKey(True)
FALSE_KEY: Final = BoolKey(False)

_NAMES: Final = {
    int: "int",
    Uint: "uint",
    float: "double",
    bool: "bool",
    str: "string",
    bytes: "bytes",
    type(None): "null_type",
    list: "list",
    tuple: "list",
    OpenList: "list",
    dict: "map",
    OpenMap: "map",
    Timestamp: "google.protobuf.Timestamp",
    Duration: "google.protobuf.Duration",
    Optional: "optional_type",
    TypeValue: "type",
}


def type_name(value: Any) -> str:
    """The name of a value's type."""
    name = _NAMES.get(type(value))
    if name is not None:
        return name
    if isinstance(value, Unknown):
        return "unknown"
    if isinstance(value, Message):
        return value.cel_type
    for base, known in ((dict, "map"), (list, "list"), (str, "string"), (int, "int")):
        if isinstance(value, base):
            return known
    return getattr(value, "cel_type", type(value).__name__)


def no_overload(name: str, *values: object) -> CelEvaluationError:
    """The error of an operator or function for values that it does not take."""
    return CelEvaluationError(f"no such overload: {name}({', '.join(type_name(value) for value in values)})")


def key_of(value: Any) -> Any:
    """A value as the key of a map. Raises CelEvaluationError for what cannot be one."""
    kind = type(value)
    if kind is str or kind is int or kind is Uint:
        return value
    if kind is bool:
        return TRUE_KEY if value else FALSE_KEY
    if kind is float:
        return value
    raise CelEvaluationError(f"unsupported key type: {type_name(value)}")


def plain_key(key: Any) -> Any:
    """A key of a map as the value that it stands for."""
    return key.value if type(key) is BoolKey else key


def keys(mapping: dict[Any, Any]) -> Iterator[Any]:
    """The keys of a map as values."""
    for key in mapping:
        yield key.value if type(key) is BoolKey else key


def equal(a: Any, b: Any) -> Any:
    """CEL equality: numbers across their types, other types never equal, unknown where parts are unknown."""
    return _equal(a, b, [_PARTS])


def _equal(a: Any, b: Any, budget: list[int]) -> Any:
    kind = type(a)
    if kind is type(b) and kind in _PLAIN:
        return a == b
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return _unknown_equal(a, b)
    if kind in _NUMBERS and type(b) in _NUMBERS:
        return bool(a == b)
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return _lists_equal(a, b, budget)
    if isinstance(a, dict) and isinstance(b, dict):
        return _maps_equal(a, b, budget)
    if isinstance(a, Optional) and isinstance(b, Optional):
        return a.present == b.present and (not a.present or _equal(a.value, b.value, budget))
    if kind is bool or type(b) is bool:
        return False
    return bool(a == b) if type_name(a) == type_name(b) else False


_PARTS: Final = Limits().items
"""Parts of one comparison: lists that hold one list many times are far larger than they are costly to make."""
_PLAIN: Final = frozenset({str, int, bool, float, bytes, Uint, type(None), Timestamp, Duration, TypeValue})
_NUMBERS: Final = frozenset({int, float, Uint})


def _unknown_equal(a: Any, b: Any) -> Any:
    text, other = (a, b) if isinstance(a, str) else (b, a)
    if isinstance(text, str) and isinstance(other, PartialString) and not could_be(other, text):
        return False
    for one, another in ((a, b), (b, a)):
        if isinstance(one, PartialString) and not isinstance(another, str | Unknown):
            return False
    return Unknown(merge_causes(one for one in (a, b) if isinstance(one, Unknown)))


def could_be(partial: PartialString, text: str) -> bool:
    """Whether a partly known text can turn out to be `text`."""
    known = sum(len(part) for part in partial.parts if isinstance(part, str))
    if len(text) < known or not text.startswith(partial.prefix) or not text.endswith(partial.suffix):
        return False
    place = 0
    for part in partial.parts:
        if isinstance(part, str):
            place = text.find(part, place)
            if place < 0:
                return False
            place += len(part)
    return True


def _lists_equal(a: Any, b: Any, budget: list[int]) -> Any:
    if isinstance(a, OpenList):
        return _open_equal(a, b, budget)
    if isinstance(b, OpenList):
        return _open_equal(b, a, budget)
    return len(a) == len(b) and _all_equal(zip(a, b, strict=True), budget)


def _open_equal(some: OpenList, other: Any, budget: list[int]) -> Any:
    """A list of which only some members are known differs from one that lacks any of these."""
    if isinstance(other, OpenList):
        return Unknown((*some.causes, *other.causes))
    lacks = any(all(_equal(one, another, budget) is False for another in other) for one in some)
    return False if lacks or len(some) > len(other) else Unknown(some.causes)


def _maps_equal(a: dict[Any, Any], b: dict[Any, Any], budget: list[int]) -> Any:
    for one, another in ((a, b), (b, a)):
        if not isinstance(another, OpenMap) and not one.keys() <= another.keys():
            return False
    answer = _all_equal(((value, b[key]) for key, value in a.items() if key in b), budget)
    if answer is not True:
        return answer
    doubts = [Unknown(one.causes) for one in (a, b) if isinstance(one, OpenMap)]
    return Unknown(merge_causes(doubts)) if doubts else True


def _all_equal(pairs: Iterable[tuple[Any, Any]], budget: list[int]) -> Any:
    doubts = []
    for a, b in pairs:
        budget[0] -= 1
        if budget[0] < 0:
            raise CelEvaluationError("a comparison has too many parts", code="limit-exceeded")
        answer = _equal(a, b, budget)
        if answer is False:
            return False
        if isinstance(answer, Unknown):
            doubts.append(answer)
    return Unknown(merge_causes(doubts)) if doubts else True


def compare(a: Any, b: Any, name: str) -> Any:
    """Negative, zero or positive; None for NaN. Raises CelEvaluationError for values without an order."""
    kind, other = type(a), type(b)
    if kind in _NUMBERS and other in _NUMBERS:
        if kind is float or other is float:
            a, b = float(a), float(b)
        if a != a or b != b:  # noqa: PLR0124  NaN is what differs from itself
            return None
        return (a > b) - (a < b)
    if kind is other and kind in _ORDERED:
        return (a > b) - (a < b)
    if kind is other and kind in {Timestamp, Duration}:
        return (a.ns > b.ns) - (a.ns < b.ns)
    order = getattr(a, "compare", None)
    if order is not None and kind is other:
        return order(b)
    raise CelEvaluationError(f"no such overload: {type_name(a)} {name} {type_name(b)}")


_ORDERED: Final = frozenset({str, bytes, bool})


def unknowns(*values: Any) -> Unknown:
    """One unknown value for several."""
    return Unknown(merge_causes(value for value in values if isinstance(value, Unknown)))


def _by_key(a: tuple[Any, Any], b: tuple[Any, Any]) -> int:
    return compare(a[0], b[0], "sort") or 0


def sort_pairs(pairs: list[tuple[Any, Any]]) -> list[Any]:
    """The values in the order of their keys, which must be comparable and of one type."""
    kinds = {type_name(key) for key, _ in pairs}
    if len(kinds) > 1:
        raise CelEvaluationError("list elements must have the same type")
    if kinds & {"list", "map", "null_type", "type"}:
        raise CelEvaluationError(f"list elements must be comparable, not {kinds.pop()}")
    return [value for _, value in sorted(pairs, key=cmp_to_key(_by_key))]
