"""Rego's values as plain Python values, so that parsed JSON and YAML is judged as it stands, without a copy.

    null boolean string    None, bool, str
    number                 int; float; Decimal only where no float has the digits of the text
    array                  list, which nobody changes
    object                 dict, which nobody changes; its keys are `key_of` of the Rego keys
    set                    frozenset of `key_of` of the members

Python says `True == 1`, and has no hash for lists: so booleans and containers are wrapped in a `Key` where they are
keys of an object or members of a set, and there only. Strings, numbers and null stand there as they are.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import cmp_to_key
from types import MappingProxyType
from typing import Any, Final

from muniment.languages.goformat.floats import json_number
from muniment.languages.goformat.floats import to_json as json_text
from muniment.languages.goformat.quoting import quote

Value = Any
"""A value of the model above."""


class Undefined:
    """The type of `UNDEFINED`: the absence of a value."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNDEFINED"

    def __bool__(self) -> bool:
        return False


UNDEFINED: Final = Undefined()


class Key:
    """A boolean, array, object or set as a key of an object or a member of a set; equal by Rego's equality."""

    __slots__ = ("_hash", "value")

    def __init__(self, value: Value) -> None:
        self.value = value
        self._hash = _hash(value)

    def __eq__(self, other: object) -> bool:
        return other.__class__ is Key and equal(self.value, other.value)

    def __hash__(self) -> int:
        return self._hash

    def __lt__(self, other: "Key") -> bool:
        if other.__class__ is not Key:
            return NotImplemented
        return compare(self.value, other.value) < 0

    def __repr__(self) -> str:
        return f"Key({self.value!r})"


def _hash(value: Value) -> int:
    """Equal for equal values; strings, which most members are, are hashed by the containers around them."""
    kind = value.__class__
    if kind is dict:
        return hash(frozenset([(key, m if m.__class__ is str else _hash(m)) for key, m in value.items()]))
    if kind is list:
        return hash(tuple([m if m.__class__ is str else _hash(m) for m in value]))
    return hash(("boolean", value)) if kind is bool else hash(value)


_BARE: Final = frozenset({str, int, float, type(None), Decimal})


def key_of(value: Value) -> Any:
    """What stands for a value as a key of an object or a member of a set."""
    return value if value.__class__ in _BARE else Key(value)


def value_of(key: Any) -> Value:
    """The value that a key of an object or a member of a set stands for."""
    return key.value if key.__class__ is Key else key


def make_set(values: Iterable[Value]) -> frozenset[Any]:
    """The set of values."""
    return frozenset([value if value.__class__ in _BARE else Key(value) for value in values])


def make_object(pairs: Iterable[tuple[Value, Value]]) -> dict[Any, Value]:
    """The object of pairs of Rego values; of equal keys the last one counts."""
    return {key_of(key): value for key, value in pairs}


_TYPE_NAMES: Final[Mapping[type, str]] = MappingProxyType(
    {
        type(None): "null",
        bool: "boolean",
        int: "number",
        float: "number",
        Decimal: "number",
        str: "string",
        list: "array",
        dict: "object",
        frozenset: "set",
    }
)
_RANKS: Final[Mapping[type, int]] = MappingProxyType(
    {
        type(None): 0,
        bool: 1,
        int: 2,
        float: 2,
        Decimal: 2,
        str: 3,
        list: 4,
        dict: 5,
        frozenset: 6,
    }
)


def type_name(value: Value) -> str:
    """The name of a value's type: `null`, `boolean`, `number`, `string`, `array`, `object` or `set`."""
    return _TYPE_NAMES[value.__class__]


def is_number(value: Value) -> bool:
    """Whether a value is a number, which a boolean is not."""
    return _RANKS[value.__class__] == 2


def equal(a: Value, b: Value) -> bool:
    """Whether two values are equal: numbers by value, booleans with booleans only."""
    if a is b:
        return True
    # Python's own comparison runs in C and is the coarser one: it only takes booleans for numbers.
    if a != b:
        return False
    kind = a.__class__
    if kind is str:
        return True
    if kind is list:
        return all(map(equal, a, b))
    if kind is dict:
        return all(equal(member, b[key]) for key, member in a.items())
    return (kind is bool) is (b.__class__ is bool)


def compare(a: Value, b: Value) -> int:
    """-1, 0 or 1 in Rego's total order: null, false, true, numbers, strings, arrays, objects, sets."""
    rank, other = _RANKS[a.__class__], _RANKS[b.__class__]
    if rank != other:
        return -1 if rank < other else 1
    if rank < 4:
        return 0 if a is None or a == b else -1 if a < b else 1
    if equal(a, b):
        return 0
    if rank == 4:
        return _compare_arrays(a, b)
    if rank == 5:
        return _compare_objects(a, b)
    return _compare_arrays(members(a), members(b))


def _compare_arrays(a: list[Value], b: list[Value]) -> int:
    for one, another in zip(a, b, strict=False):
        if order := compare(one, another):
            return order
    return (len(a) > len(b)) - (len(a) < len(b))


def _compare_objects(a: dict[Any, Value], b: dict[Any, Value]) -> int:
    for key, other in zip(ordered_keys(a), ordered_keys(b), strict=False):
        if order := compare(value_of(key), value_of(other)) or compare(a[key], b[other]):
            return order
    return (len(a) > len(b)) - (len(a) < len(b))


def ordered(values: Iterable[Value]) -> list[Value]:
    """Values in Rego's order; repeated ones stay."""
    return sorted(values, key=cmp_to_key(compare))


def ordered_keys(keys: Iterable[Any]) -> list[Any]:
    """Keys of an object or members of a set in Rego's order of the values that they stand for."""
    keys = list(keys)
    if len(keys) < 2:
        return keys
    try:
        return sorted(keys)
    except TypeError:
        return sorted(keys, key=cmp_to_key(_compare_keys))


def _compare_keys(a: Any, b: Any) -> int:
    return compare(value_of(a), value_of(b))


def members(values: frozenset[Any]) -> list[Value]:
    """The members of a set as values, in Rego's order."""
    return [key.value if key.__class__ is Key else key for key in ordered_keys(values)]


def entries(value: dict[Any, Value]) -> Iterator[tuple[Value, Value]]:
    """The Rego keys of an object with their values, in Rego's order of the keys."""
    return ((value_of(key), value[key]) for key in ordered_keys(value))


def child(container: Value, key: Value) -> Value:
    """What stands in an array, object or set under a key; `UNDEFINED` if nothing does."""
    kind = container.__class__
    if kind is dict:
        return container.get(key if key.__class__ in _BARE else Key(key), UNDEFINED)
    if kind is list:
        return _item(container, key)
    if kind is frozenset and key_of(key) in container:
        return key
    return UNDEFINED


def _item(array: list[Value], index: Value) -> Value:
    if index.__class__ is float and index.is_integer():
        index = int(index)
    if index.__class__ is int and 0 <= index < len(array):
        return array[index]
    return UNDEFINED


_EXPONENT: Final = 10_000
"""The power of ten up to which numbers are read: a short text must not stand for gigabytes of digits."""


def number(text: str) -> int | float | Decimal:
    """The number that a JSON number's text writes. Raises ValueError for any other text."""
    try:
        return int(text)
    except ValueError:
        pass
    value = float(text)
    exact = _decimal(text)
    # Beyond 53 bits a whole float has another value than its digits say.
    if abs(value) < 2**53 and Decimal(repr(value)) == exact:
        return value
    return exact


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text[:40]} is not a number") from None
    if abs(value.adjusted()) > _EXPONENT:
        raise ValueError(f"{text[:40]} is beyond all numbers that can be computed with")
    return value


def to_text(value: Value) -> str:
    """A value in Rego's own notation, as `print` and `sprintf` show it."""
    kind = value.__class__
    if kind is str:
        return quote(value)
    if kind is list:
        return f"[{', '.join(map(to_text, value))}]"
    if kind is dict:
        return f"{{{', '.join(f'{to_text(key)}: {to_text(member)}' for key, member in entries(value))}}}"
    if kind is frozenset:
        return f"{{{', '.join(map(to_text, members(value)))}}}" if value else "set()"
    if kind is bool:
        return "true" if value else "false"
    return "null" if value is None else number_text(value)


def number_text(value: float | Decimal) -> str:
    """The digits of a number; a whole float keeps its `.0`, for such come from texts only: results are integers."""
    if isinstance(value, int):
        try:
            return str(value)
        except ValueError:  # Python's guard against long integers, which decimals do not have
            return str(Decimal(value))
    if isinstance(value, Decimal):
        return str(value).replace("E+", "e").replace("E", "e")
    return f"{value:.1f}" if value.is_integer() and abs(value) < 1e15 else json_number(value)


def to_json(value: Value) -> Any:
    """A value as JSON has it: a set as the array of its members in order, a key that is no string as its JSON text."""
    kind = value.__class__
    if kind is list:
        return [to_json(member) for member in value]
    if kind is dict:
        return {key if key.__class__ is str else json_text(to_json(key)): to_json(m) for key, m in entries(value)}
    if kind is frozenset:
        return [to_json(member) for member in members(value)]
    return value


def from_json(value: Any) -> Value:
    """A value of a JSON or YAML reader in this model: itself where keys are strings, else a copy."""
    if value.__class__ in _BARE or value.__class__ is bool:
        return value
    if isinstance(value, dict):
        return {key if key.__class__ is str else key_of(from_json(key)): from_json(v) for key, v in value.items()}
    if isinstance(value, list | tuple):
        return [from_json(member) for member in value]
    if isinstance(value, set | frozenset):
        return make_set(map(from_json, value))
    return str(value)
