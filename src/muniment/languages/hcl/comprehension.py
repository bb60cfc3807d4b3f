"""Splats and `for` expressions, given compiled parts; unknown over unknown collections, open over open ones."""

from collections.abc import Callable, Iterator
from typing import Any

from muniment.languages.hcl.convert import to_string
from muniment.languages.hcl.errors import HclError, limit_exceeded
from muniment.languages.hcl.operators import condition
from muniment.languages.hcl.types import ANY, ListType, Type, describe
from muniment.languages.hcl.values import ListValue, SetValue, mark, type_of, unknown, unmark
from muniment.languages.unknown import Cause, OpenList, OpenMap, Unknown

Pair = tuple[Any, Any]


def splat(source: Any, body: Callable[[Any], Any]) -> Any:
    """`body` for each member of a list, set or tuple; for nothing when null; for any other value itself."""
    source, marks = unmark(source)
    if isinstance(source, OpenList):
        result: Any = OpenList(map(body, source), source.causes)
    elif isinstance(source, list):
        result = ListValue(map(body, source))
    elif isinstance(source, tuple):
        result = tuple(map(body, source))
    elif isinstance(source, Unknown):
        result = Unknown(source.causes, _splat_type(source, body))
    else:
        result = () if source is None else (body(source),)
    return mark(result, marks)


def _splat_type(source: Unknown, body: Callable[[Any], Any]) -> Type:
    """The type of a splat over a list that is unknown; errors do not count, since the list may be empty."""
    if not isinstance(source.type, ListType):
        return ANY
    try:
        return ListType(type_of(body(Unknown(source.causes, source.type.element))))
    except HclError as error:
        if error.static:
            raise
        return ANY


def pairs(collection: Any) -> Iterator[Pair]:
    """Keys and values in the order in which HCL visits them; raises HclError for what has no members."""
    if isinstance(collection, dict):
        return iter(sorted(collection.items(), key=_key))
    if isinstance(collection, SetValue):
        return iter([(member, member) for member in collection])
    if isinstance(collection, tuple | list):
        return enumerate(collection)
    if collection is None:
        raise HclError("null cannot be iterated over")
    raise HclError(f"{describe(type_of(collection))} cannot be iterated over", code="invalid-type")


def _key(pair: Pair) -> Any:
    return pair[0]


class Gathered:
    """What one `for` has collected: marks that pass to the result, and causes that leave it open."""

    __slots__ = ("causes", "marks")

    def __init__(self, collection: Any, marks: frozenset[str]) -> None:
        self.marks = marks
        self.causes: tuple[Cause, ...] = collection.causes if isinstance(collection, OpenList | OpenMap) else ()

    def admits(self, test: Any) -> bool:
        """Whether a condition lets a member in; an unknown one leaves the result open."""
        decided, marks = condition(test)
        self.marks |= marks
        if isinstance(decided, Unknown):
            self.open(decided)
            return False
        return bool(decided)

    def open(self, because: Unknown) -> None:
        """Notes that members may be missing."""
        self.causes = tuple(dict.fromkeys((*self.causes, *because.causes)))


Visit = Callable[[Any, Any], Any]


def for_tuple(collection: Any, value: Visit, test: Visit | None, most: int) -> Any:
    """`[for key, value in collection: ...]`."""
    collection, marks = unmark(collection)
    if isinstance(collection, Unknown):
        return mark(unknown((collection,)), marks)
    found = Gathered(collection, marks)
    result = [
        value(key, member) for key, member in pairs(collection) if test is None or found.admits(test(key, member))
    ]
    if len(result) > most:
        raise limit_exceeded(f"the result has more than {most} members")
    return mark(OpenList(result, found.causes) if found.causes else tuple(result), found.marks)


def for_object(
    collection: Any,
    key: Visit,
    value: Visit,
    test: Visit | None,
    grouped: bool,  # noqa: FBT001  the syntax's own flag
) -> Any:
    """`{for key, value in collection: ...}`; raises HclError for a key that comes twice, unless `grouped`."""
    collection, marks = unmark(collection)
    if isinstance(collection, Unknown):
        return mark(unknown((collection,)), marks)
    found = Gathered(collection, marks)
    result: dict[str, Any] = {}
    for name, member in pairs(collection):
        if test is not None and not found.admits(test(name, member)):
            continue
        text = object_key(key(name, member), found)
        if text is None:
            continue
        if grouped:
            result[text] = (*result.get(text, ()), value(name, member))
        elif text in result:
            raise HclError(f'the key "{text}" comes twice', hint="group the values with ... behind the value")
        else:
            result[text] = value(name, member)
    return mark(OpenMap(result, found.causes) if found.causes else result, found.marks)


def object_key(value: Any, found: Gathered) -> str | None:
    """A computed key as text; None, and the result is open, when it is unknown."""
    value, marks = unmark(value)
    found.marks |= marks
    if value is None:
        raise HclError("a key is null")
    if isinstance(value, Unknown):
        found.open(value)
        return None
    return to_string(value)
