"""References: closures that walk along a path in a value or in the documents, one key or every key at a step."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from muniment.languages.rego.code import Code, Frame, Sink
from muniment.languages.rego.documents import Cursor, Node, based, members_of, settle, step, walk
from muniment.languages.rego.values import UNDEFINED, Value, child, ordered_keys, value_of


class Key(NamedTuple):
    """A step by a key that is known."""

    code: Code
    constant: Value = UNDEFINED


class Each(NamedTuple):
    """A step by every key; `slot` gets it, `match` compares it."""

    slot: int | None = None
    match: Sink | None = None
    sorted: bool = True
    """Whether anything depends on the order."""


Path = Sequence[Key | Each]


def input_code(frame: Frame) -> Value:
    """The input."""
    return frame[0].input


def data_code(path: tuple[Value, ...]) -> Code:
    """What stands in the base documents under a path that no rule has."""

    def code(frame: Frame) -> Value:
        value = frame[0].data
        for key in path:
            value = based(value, key)
        return value

    return code


def document_code(node: Node) -> Code:
    """The document of a node."""
    value = node.value

    def code(frame: Frame) -> Value:
        query = frame[0]
        found = query.cache.get(node)
        return value(query) if found is None else found

    return code


def cursor_code(node: Node) -> Code:
    """The place of a node, from where keys are found out at run time."""
    path = node.path

    def code(frame: Frame) -> Any:
        return Cursor(node, walk(frame[0].data, path))

    return code


def selected(base: Code, path: Path) -> Code:
    """What stands under known keys in a value."""
    while path:
        constants = []
        for one in path:
            if not isinstance(one, Key) or one.constant is UNDEFINED:
                break
            constants.append(one.constant)
        if constants:
            base, path = _under_constants(base, constants), path[len(constants) :]
            continue
        first = path[0]
        base, path = _under(base, first.code if isinstance(first, Key) else base), path[1:]
    return base


def _under_constants(base: Code, keys: list[Value]) -> Code:
    if all(key.__class__ is str for key in keys):
        return _under_names(base, tuple(keys))
    path = tuple(keys)
    return lambda frame: walk(base(frame), path)


def _under_names(base: Code, names: tuple[str, ...]) -> Code:
    if base is input_code:
        return _in_input(names)
    if len(names) == 1:
        (name,) = names

        def one(frame: Frame) -> Value:
            value = base(frame)
            return value.get(name, UNDEFINED) if value.__class__ is dict else child(value, name)

        return one

    def code(frame: Frame) -> Value:
        value = base(frame)
        for name in names:
            value = value.get(name, UNDEFINED) if value.__class__ is dict else child(value, name)
        return value

    return code


def _in_input(names: tuple[str, ...]) -> Code:
    def code(frame: Frame) -> Value:
        value = frame[0].input
        for name in names:
            value = value.get(name, UNDEFINED) if value.__class__ is dict else child(value, name)
        return value

    return code


def _under(base: Code, key: Code) -> Code:
    def code(frame: Frame) -> Value:
        value, name = base(frame), key(frame)
        if value.__class__ is dict and name.__class__ is str:
            return value.get(name, UNDEFINED)
        return UNDEFINED if value is UNDEFINED or name is UNDEFINED else child(value, name)

    return code


def stepped(base: Code, path: Path) -> Code:
    """What stands under known keys below a place in `data` that has rules."""
    codes = [one.code for one in path if isinstance(one, Key)]

    def code(frame: Frame) -> Value:
        query, value = frame[0], base(frame)
        for key in codes:
            name = key(frame)
            if name is UNDEFINED or value is UNDEFINED:
                return UNDEFINED
            value = step(query, value, name)
        return settle(query, value)

    return code


def listed(node: Node, slot: int | None, match: Sink | None, inner: Sink) -> Callable[[Frame], Any]:
    """The closure that gives `inner` every member of a set that rules make, in the order in which they made them."""
    other = iterated(document_code(node), (Each(slot, match),), inner, placed=False)

    def run(frame: Frame) -> Any:
        query = frame[0]
        if node.is_masked(query):
            return other(frame)
        found = node.listing(query)
        query.spend(len(found))
        for member in found:
            if slot is not None:
                frame[slot] = member
            if (match is None or match(frame, member)) and inner(frame, member):
                return True
        return False

    return run


def iterated(base: Code, path: Path, sink: Sink, *, placed: bool) -> Callable[[Frame], Any]:
    """The closure that gives `sink` every value under a path; `placed` where the base is a place below `data`."""
    inner = _settling(sink) if placed else sink
    for one in reversed(path):
        inner = _each(one, inner) if isinstance(one, Each) else _keyed(one, inner, placed=placed)

    def run(frame: Frame) -> Any:
        value = base(frame)
        return False if value is UNDEFINED else inner(frame, value)

    return run


def _settling(sink: Sink) -> Sink:
    def run(frame: Frame, value: Any) -> Any:
        if value.__class__ is Cursor:
            value = settle(frame[0], value)
        return False if value is UNDEFINED else sink(frame, value)

    return run


def _keyed(one: Key, inner: Sink, *, placed: bool) -> Sink:
    code, name = one.code, one.constant
    if name.__class__ is str and not placed:

        def named(frame: Frame, value: Value) -> Any:
            value = value.get(name, UNDEFINED) if value.__class__ is dict else child(value, name)
            return False if value is UNDEFINED else inner(frame, value)

        return named

    def run(frame: Frame, value: Any) -> Any:
        key = code(frame)
        found = UNDEFINED if key is UNDEFINED else step(frame[0], value, key)
        return False if found is UNDEFINED else inner(frame, found)

    return run


def _each(one: Each, inner: Sink) -> Sink:
    if one.match is not None:
        return _each_matching(one.match, inner)
    order = ordered_keys if one.sorted else _as_they_are
    return _each_value(inner, order) if one.slot is None else _each_keyed(one.slot, inner)


def _as_they_are(members: Any) -> Any:
    return members


def _each_value(inner: Sink, order: Callable[[Any], Any]) -> Sink:
    """Every member, whatever its key."""

    def run(frame: Frame, value: Any) -> Any:
        kind = value.__class__
        if kind is list:
            frame[0].spend(len(value))
            for member in value:
                if inner(frame, member):
                    return True
        elif kind is dict:
            frame[0].spend(len(value))
            for key in order(value):
                if inner(frame, value[key]):
                    return True
        elif kind is frozenset:
            frame[0].spend(len(value))
            for key in ordered_keys(value):
                if inner(frame, value_of(key)):
                    return True
        elif kind is Cursor:
            return any(inner(frame, member) for _, member in members_of(frame[0], value))
        return False

    return run


def _each_keyed(slot: int, inner: Sink) -> Sink:
    """Every member, its key bound to a variable."""

    def run(frame: Frame, value: Any) -> Any:
        if value.__class__ is list:
            frame[0].spend(len(value))
            for index, member in enumerate(value):
                frame[slot] = index
                if inner(frame, member):
                    return True
            return False
        if value.__class__ is dict or value.__class__ is frozenset:
            frame[0].spend(len(value))
        for key, member in members_of(frame[0], value):
            frame[slot] = key
            if inner(frame, member):
                return True
        return False

    return run


def _each_matching(match: Sink, inner: Sink) -> Sink:
    """Every member whose key fits a pattern."""

    def run(frame: Frame, value: Any) -> Any:
        if value.__class__ is not Cursor:
            frame[0].spend(len(value) if value.__class__ in {list, dict, frozenset} else 1)
        return any(match(frame, key) and inner(frame, member) for key, member in members_of(frame[0], value))

    return run
