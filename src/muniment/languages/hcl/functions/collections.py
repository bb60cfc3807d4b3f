"""Functions that look into collections: search, count, choose, sort. Unknown members decide only what they must."""

from typing import Any

from muniment.languages.hcl.convert import convert, unify
from muniment.languages.hcl.errors import HclError
from muniment.languages.hcl.function import CallContext, Function
from muniment.languages.hcl.functions.graphemes import width
from muniment.languages.hcl.functions.numeric import total
from muniment.languages.hcl.functions.signature import invalid, shallow, structural, tolerant
from muniment.languages.hcl.types import ANY, BOOL, NUMBER, STRING, ListType, MapType
from muniment.languages.hcl.values import (
    ListValue,
    MapValue,
    SetValue,
    deep_marks,
    equal,
    identity,
    is_wholly_known,
    mark,
    type_of,
    unknown,
)
from muniment.languages.unknown import OpenList, OpenMap, PartialString, Unknown

_LISTS = ListType(ANY)
_STRINGS = ListType(STRING)
_RANGE = 1024  # numbers that `range` gives at most


def collection_functions() -> list[Function]:
    """The half of the collection group that looks at members."""
    return [
        tolerant("alltrue", lambda values: _decided(values, decisive=False), ListType(BOOL), returns=BOOL),
        tolerant("anytrue", lambda values: _decided(values, decisive=True), ListType(BOOL), returns=BOOL),
        Function("coalesce", _coalesce, sees_unknown=True, sees_marks=True),
        Function("coalescelist", _coalesce_list, sees_unknown=True, least=1),
        tolerant("compact", _compact, _STRINGS, returns=_STRINGS),
        tolerant("contains", _contains, ANY, ANY, returns=BOOL),
        tolerant("distinct", _distinct, _LISTS, returns=_LISTS),
        tolerant("index", _index, ANY, ANY, returns=NUMBER),
        structural("length", _length, ANY, returns=NUMBER),
        Function("lookup", _lookup, least=2, most=3, sees_unknown=True, sees_marks=True),
        tolerant("matchkeys", _match_keys, _LISTS, _LISTS, _LISTS, returns=_LISTS),
        tolerant("one", _one, ANY),
        tolerant("range", _range, rest=NUMBER, least=1, returns=ListType(NUMBER)),
        tolerant("sort", _sort, _STRINGS, returns=_STRINGS),
        tolerant("sum", _sum, ANY, returns=NUMBER),
        tolerant("transpose", _transpose, MapType(_STRINGS), returns=MapType(_STRINGS)),
    ]


def is_sequence(value: Any) -> bool:
    """Whether the value is a list, set or tuple, open ones included."""
    return isinstance(value, tuple | list)


def _decided(values: Any, *, decisive: bool) -> bool | Unknown:
    """Whether `decisive` is among the values, as the answer to `anytrue` (true) or `alltrue` (false); null is false."""
    if any((value or False) is decisive for value in values if not isinstance(value, Unknown)):
        return decisive
    return (not decisive) if is_wholly_known(values) else unknown((values,), BOOL)


def _coalesce(arguments: list[Any], _: CallContext) -> Any:
    bare, marks = shallow(arguments)
    kind = unify(type_of(value) for value in bare if value is not None)
    if kind is None:
        raise HclError("all arguments must have the same type", code="invalid-argument")
    for value in bare:
        if _may_be_empty(value):
            return mark(unknown(bare, kind), marks)
        if value is not None and value != "":
            return mark(convert(value, kind), marks)
    raise HclError("all arguments are null or empty strings", code="invalid-argument")


def _may_be_empty(value: Any) -> bool:
    """Whether an unknown value may turn out to be null or an empty string."""
    return isinstance(value, Unknown) and not (isinstance(value, PartialString) and any(map(_is_text, value.parts)))


def _is_text(part: str | Unknown) -> bool:
    return isinstance(part, str)


def _coalesce_list(arguments: list[Any], _: CallContext) -> Any:
    for position, value in enumerate(arguments):
        if not isinstance(value, Unknown) and (not is_sequence(value) or isinstance(value, SetValue)):
            raise invalid(position, "a list is required")
    for value in arguments:
        if isinstance(value, Unknown) or (isinstance(value, OpenList) and not value):
            return unknown(arguments)
        if value:
            return value
    raise HclError("all lists are empty", code="invalid-argument")


def opened(values: list[Any], *sources: Any) -> ListValue | OpenList:
    """A list of the values, open when one of the `sources` is not wholly known: it may have fewer or other members."""
    causes = unknown(sources).causes
    return OpenList(values, causes) if causes else ListValue(values)


def _compact(values: Any) -> ListValue | OpenList:
    return opened([value for value in values if value not in (None, "") and not _may_be_empty(value)], values)


def _contains(values: Any, wanted: Any) -> bool | Unknown:
    if not is_sequence(values):
        raise invalid(0, "a list, set or tuple is required")
    if type(wanted) is str and any(type(value) is str and value == wanted for value in values):
        return True
    answers = [equal(value, wanted) for value in values]
    if any(answer is True for answer in answers):
        return True
    undecided = [answer for answer in answers if isinstance(answer, Unknown)]
    if isinstance(values, OpenList):
        undecided.append(Unknown(values.causes))
    return unknown(undecided, BOOL) if undecided else False


def _distinct(values: Any) -> ListValue | OpenList:
    return opened(list({identity(value): value for value in values}.values()), values)


def _index(values: Any, wanted: Any) -> int | Unknown:
    if not is_sequence(values) or isinstance(values, SetValue):
        raise invalid(0, "a list or tuple is required")
    if isinstance(values, OpenList):
        return unknown((values,), NUMBER)
    for place, value in enumerate(values):
        answer = equal(value, wanted)
        if isinstance(answer, Unknown):
            return unknown((answer,), NUMBER)
        if answer:
            return place
    raise HclError("the list has no such member", code="invalid-argument")


def _length(value: Any) -> int | Unknown:
    if isinstance(value, str):
        return width(value)
    if isinstance(value, OpenList | OpenMap) or (
        isinstance(value, SetValue) and len(value) > 1 and not is_wholly_known(value)
    ):
        return unknown((value,), NUMBER)
    if isinstance(value, tuple | list | dict):
        return len(value)
    raise invalid(0, "a string or a collection is required")


def _lookup(arguments: list[Any], _: CallContext) -> Any:
    (values, key), marks = shallow(arguments[:2])
    default = arguments[2:]
    if isinstance(values, Unknown) or isinstance(key, Unknown):
        return mark(unknown((values, key)), marks | deep_marks(tuple(default)))
    if not isinstance(values, dict):
        raise invalid(0, "a map is required")
    if key is None:
        raise invalid(1, "the key must not be null")
    name = convert(key, STRING)
    if default and isinstance(values, MapValue):
        default = [_default(default[0], values)]
    if name in values:
        return mark(values[name], marks)
    if isinstance(values, OpenMap):
        return mark(Unknown(values.causes), marks)
    if not default:
        raise HclError(f'the map has no key "{name}"', code="invalid-argument")
    return mark(default[0], marks)


def _default(value: Any, values: MapValue) -> Any:
    kind = type_of(values)
    try:
        return convert(value, kind.element if isinstance(kind, MapType) else ANY)
    except HclError as error:
        raise invalid(2, "the default value must have the type of the map's members") from error


def _match_keys(values: Any, keys: Any, wanted: Any) -> Any:
    if not all(map(is_wholly_known, (keys, wanted))) or isinstance(values, OpenList):
        return unknown((values, keys, wanted), _LISTS)
    if len(values) != len(keys):
        raise HclError("there must be as many keys as values", code="invalid-argument")
    kind = unify(map(type_of, (*keys, *wanted)))
    if kind is None:
        raise HclError("keys and wanted keys must be of one type", code="invalid-argument")
    chosen = {identity(convert(key, kind)) for key in wanted}
    return ListValue(value for value, key in zip(values, keys, strict=True) if identity(convert(key, kind)) in chosen)


def _one(values: Any) -> Any:
    if not is_sequence(values) or len(values) > 1:
        raise invalid(0, "a list, set or tuple of at most one member is required")
    if isinstance(values, OpenList):
        return unknown((values,))
    return values[0] if values else None


def _range(*arguments: Any) -> ListValue:
    if len(arguments) > 3:
        raise HclError("one, two or three numbers are required", code="invalid-argument")
    start, end = (0, arguments[0]) if len(arguments) == 1 else arguments[:2]
    down = end < start
    step = arguments[2] if len(arguments) == 3 else -1 if down else 1
    if step and start != end and (step < 0) != down:
        raise invalid(2, "the step leads away from the end")
    values: list[Any] = []
    while (start > end) if down else (start < end):
        if len(values) >= _RANGE:
            raise HclError(f"a range has at most {_RANGE} numbers", code="invalid-argument")
        values.append(start)
        start = total((start, step))
    return ListValue(values)


def _sort(values: Any) -> ListValue | OpenList:
    if not is_wholly_known(values):
        return opened(list(values), values)
    if None in values:
        raise invalid(0, "null cannot be sorted")
    return ListValue(sorted(values))


def _sum(values: Any) -> Any:
    if not is_sequence(values):
        raise invalid(0, "a list, set or tuple is required")
    if not is_wholly_known(values):
        return unknown((values,), NUMBER)
    if not values:
        raise invalid(0, "an empty list has no sum")
    return total(values)


def _transpose(values: dict[str, Any]) -> Any:
    if not is_wholly_known(values):
        return OpenMap((), unknown((values,)).causes)
    result: dict[str, list[str]] = {}
    for key in sorted(values):
        if values[key] is None or None in values[key]:
            raise invalid(0, "null is not allowed among the lists")
        for member in values[key]:
            result.setdefault(member, []).append(key)
    return MapValue((name, ListValue(result[name])) for name in sorted(result))
