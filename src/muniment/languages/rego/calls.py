"""Calls: closures of builtins, of rules that are functions and of comparisons, and what `with` puts in their place."""

import operator
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from muniment.languages.rego.code import Code, Frame, Run
from muniment.languages.rego.documents import Node
from muniment.languages.rego.errors import RegoEvaluationError
from muniment.languages.rego.query import NOTHING, Query
from muniment.languages.rego.signatures import Builtin, BuiltinError
from muniment.languages.rego.values import UNDEFINED, Value, child, compare, equal
from muniment.languages.source import Span

Place = Callable[[], tuple[str, Span]]
"""Where a call stands; asked when an error is shown."""
_ORDERS: Final[Mapping[str, Callable[[Any, Any], bool]]] = MappingProxyType(
    {"lt": operator.lt, "lte": operator.le, "gt": operator.gt, "gte": operator.ge}
)
_SIMPLE: Final = frozenset({int, float})


def failed(query: Query, name: str, error: BuiltinError, place: Place) -> Value:
    """What a call is that its builtin refuses: undefined, or in strict mode the end of the query."""
    if error.halt or query.context.strict:
        file, span = place()
        raise RegoEvaluationError(error.code, f"{name}: {error}", file=file, span=span) from error
    return UNDEFINED


def builtin_code(builtin: Builtin, arguments: Sequence[Code], place: Place) -> Code:
    """The call of a builtin."""
    function, name = builtin.function, builtin.name
    if builtin.context:
        return _with_context(builtin, arguments, place)
    if len(arguments) == 1:
        (only,) = arguments

        def one(frame: Frame) -> Value:
            value = only(frame)
            if value is UNDEFINED:
                return UNDEFINED
            try:
                return function(value)
            except BuiltinError as error:
                return failed(frame[0], name, error, place)

        return one
    if len(arguments) == 2:
        first, second = arguments

        def two(frame: Frame) -> Value:
            a, b = first(frame), second(frame)
            if a is UNDEFINED or b is UNDEFINED:
                return UNDEFINED
            try:
                return function(a, b)
            except BuiltinError as error:
                return failed(frame[0], name, error, place)

        return two

    def several(frame: Frame) -> Value:
        values = values_of(arguments, frame)
        if values is None:
            return UNDEFINED
        try:
            return function(*values)
        except BuiltinError as error:
            return failed(frame[0], name, error, place)

    return several


def _with_context(builtin: Builtin, arguments: Sequence[Code], place: Place) -> Code:
    function, name = builtin.function, builtin.name

    def code(frame: Frame) -> Value:
        values = values_of(arguments, frame)
        if values is None:
            return UNDEFINED
        try:
            return function(frame[0].context, *values)
        except BuiltinError as error:
            return failed(frame[0], name, error, place)

    return code


def values_of(codes: Sequence[Code], frame: Frame) -> list[Value] | None:
    """The values of arguments; None when one is undefined."""
    values = []
    for code in codes:
        value = code(frame)
        if value is UNDEFINED:
            return None
        values.append(value)
    return values


def function_code(node: Node, arguments: Sequence[Code]) -> Code:
    """The call of a rule that is a function."""
    if len(arguments) == 1:
        (only,) = arguments

        def one(frame: Frame) -> Value:
            value = only(frame)
            return UNDEFINED if value is UNDEFINED else node.invoke(frame[0], [value])

        return one

    def code(frame: Frame) -> Value:
        values = values_of(arguments, frame)
        return UNDEFINED if values is None else node.invoke(frame[0], values)

    return code


def mocked_code(key: Any, plain: Code, arguments: Sequence[Code], place: Place) -> Code:
    """A call that `with` may replace: `key` is the builtin's name or the rule's path."""

    def code(frame: Frame) -> Value:
        mocks = frame[0].mocks
        if not mocks or key not in mocks:
            return plain(frame)
        values = values_of(arguments, frame)
        return UNDEFINED if values is None else call_mock(frame[0], mocks[key], values, place)

    return code


def call_mock(query: Query, mock: Any, values: list[Value], place: Place) -> Value:
    """The value of what stands for a function: another function, a builtin, or the value itself."""
    if isinstance(mock, Node):
        inner = query.under()
        # Inside the replacement all functions are themselves: it may call what it stands for.
        inner.mocks = NOTHING
        return mock.invoke(inner, values) if mock.kind == "function" else mock.value(inner)
    if isinstance(mock, Builtin):
        try:
            return mock.function(*([query.context] if mock.context else []), *values)
        except BuiltinError as error:
            return failed(query, mock.name, error, place)
    return mock.value


class Constant:
    """A value that stands for a function."""

    __slots__ = ("value",)

    def __init__(self, value: Value) -> None:
        self.value = value


# Comparisons and membership, which are builtins by name only


def comparison_code(name: str, first: Code, second: Code) -> Code | None:
    """A comparison as a value; None when the name is none."""
    if name == "equal":
        return lambda frame: _both(frame, first, second, equal)
    if name == "neq":
        return lambda frame: _both(frame, first, second, _different)
    if name in _ORDERS:
        order = _ORDERS[name]
        return lambda frame: _both(frame, first, second, lambda a, b: order(compare(a, b), 0))
    return None


def _different(a: Value, b: Value) -> bool:
    return not equal(a, b)


def _both(frame: Frame, first: Code, second: Code, judge: Callable[[Value, Value], bool]) -> Value:
    a, b = first(frame), second(frame)
    return UNDEFINED if a is UNDEFINED or b is UNDEFINED else judge(a, b)


def equality_test(first: Code, second: Code, constant: Value = UNDEFINED) -> Run:
    """Whether two terms are equal; `constant` is the second one's value where it is known."""
    if constant.__class__ is str:
        return lambda frame: first(frame) == constant
    if constant is not UNDEFINED:

        def against(frame: Frame) -> bool:
            value = first(frame)
            return value is not UNDEFINED and equal(value, constant)

        return against

    def test(frame: Frame) -> bool:
        a, b = first(frame), second(frame)
        return a is not UNDEFINED and b is not UNDEFINED and equal(a, b)

    return test


def comparison_test(name: str, first: Code, second: Code) -> Run | None:
    """A comparison as a line of a body; None when the name is none that is quicker so."""
    if name == "neq":

        def different(frame: Frame) -> bool:
            a, b = first(frame), second(frame)
            return a is not UNDEFINED and b is not UNDEFINED and not equal(a, b)

        return different
    if name not in _ORDERS:
        return None
    order = _ORDERS[name]

    def test(frame: Frame) -> bool:
        a, b = first(frame), second(frame)
        if a.__class__ in _SIMPLE and b.__class__ in _SIMPLE:
            return order(a, b)
        return a is not UNDEFINED and b is not UNDEFINED and order(compare(a, b), 0)

    return test


def contains(collection: Value, member: Value) -> bool:
    """`member in collection`."""
    if collection.__class__ is frozenset:
        return child(collection, member) is not UNDEFINED
    if collection.__class__ is dict:
        return any(equal(value, member) for value in collection.values())
    return collection.__class__ is list and any(equal(value, member) for value in collection)


def contains_pair(collection: Value, key: Value, member: Value) -> bool:
    """`key, member in collection`."""
    found = child(collection, key)
    return found is not UNDEFINED and equal(found, member)


def membership_code(collection: Code, member: Code, key: Code | None) -> Code:
    """`in` as a value."""

    def code(frame: Frame) -> Value:
        wanted, held = member(frame), collection(frame)
        if wanted is UNDEFINED or held is UNDEFINED:
            return UNDEFINED
        if key is None:
            return contains(held, wanted)
        name = key(frame)
        return UNDEFINED if name is UNDEFINED else contains_pair(held, name, wanted)

    return code
